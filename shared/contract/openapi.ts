import { z } from 'zod';
import * as model from '../model';
import { commandNames, commands, type CommandName, type CommandRow } from './commands';
import { isDesktopOnly } from './effects';

/** JSON as it stands in a description. */
type Json = Record<string, unknown>;

/** The commands that are reached over HTTP. */
export const httpCommands: readonly CommandName[] = commandNames.filter((name) => !isDesktopOnly(name));

const isSchema = (value: unknown): value is z.ZodType => value instanceof z.ZodType;

/** `engineConfigSchema` → `EngineConfig`. */
const nameOf = (exported: string): string => {
  const plain = exported.replace(/Schema$/, '');
  return plain.charAt(0).toUpperCase() + plain.slice(1);
};

/** `change.apply` → `changeApply`: what generated clients call it. */
export const operationOf = (command: CommandName): string =>
  command.replace(/\.(\w)/g, (_all, letter: string) => letter.toUpperCase());

const bodyName = (command: CommandName) => `${nameOf(operationOf(command))}Input`;
const valueName = (command: CommandName) => `${nameOf(operationOf(command))}Value`;

/**
 * Every schema of the models and of one side of the commands by name, each where the others refer to it. Defaults are
 * optional in what is sent and present in what is answered, so the two sides are described apart.
 */
function describe(io: 'input' | 'output', prefix: string, own: (row: CommandRow) => z.ZodType): Json {
  const registry = z.registry<{ id?: string | undefined }>();
  const nameFor = io === 'input' ? bodyName : valueName;
  for (const command of httpCommands) {
    const schema = own(commands[command]);
    // A schema has one name: a model's own is the better one.
    if (!Object.values(model).includes(schema as never)) registry.add(schema, { id: nameFor(command) });
  }
  for (const [exported, schema] of Object.entries(model))
    if (isSchema(schema) && !registry.has(schema)) registry.add(schema, { id: prefix + nameOf(exported) });
  const { schemas } = z.toJSONSchema(registry, {
    io,
    unrepresentable: 'any',
    uri: (id) => `#/components/schemas/${id}`,
  });
  return Object.fromEntries(Object.entries(schemas).map(([id, schema]) => [id, tidy(schema)]));
}

/** Without what belongs to a file of its own. */
function tidy({ $schema: _schema, $id: _id, ...rest }: Json): Json {
  return rest;
}

/** Only what the operations reach, so that the description holds nothing that no call speaks of. */
function reached(schemas: Json, roots: readonly string[]): Json {
  const kept = new Map<string, unknown>();
  const waiting = [...roots];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (kept.has(id) || !(id in schemas)) continue;
    kept.set(id, schemas[id]);
    const text = JSON.stringify(schemas[id]);
    for (const [, found = ''] of text.matchAll(/#\/components\/schemas\/([\w.]+)/g)) waiting.push(found);
  }
  return Object.fromEntries([...kept].sort(([a], [b]) => (a < b ? -1 : 1)));
}

const ref = (id: string): Json => ({ $ref: `#/components/schemas/${id}` });

/** The name under which a schema was registered: the command's own, or the model's. */
function idOf(schema: z.ZodType, prefix: string, otherwise: string): string {
  const found = Object.entries(model).find(([, one]) => (one as unknown) === schema);
  return found ? prefix + nameOf(found[0]) : otherwise;
}

const answer = (value: Json): Json => ({
  type: 'object',
  properties: { ok: { const: true }, value },
  required: ['ok'],
});

const json = (description: string, schema: Json): Json => ({
  description,
  content: { 'application/json': { schema } },
});

function operation(command: CommandName): Json {
  const row: CommandRow = commands[command];
  return {
    post: {
      operationId: operationOf(command),
      summary: row.says,
      tags: [command.split('.')[0]],
      'x-effect': row.effect,
      requestBody: {
        required: true,
        content: {
          'application/json': { schema: ref(idOf(row.input, inputPrefix, bodyName(command))) },
        },
      },
      responses: {
        200: json('What was asked for.', answer(ref(idOf(row.output, '', valueName(command))))),
        default: json('What went wrong, where, why, and what to do.', ref('Failure')),
      },
    },
  };
}

const inputPrefix = 'Given';

/**
 * OpenAPI 3.1 of the commands over HTTP, derived from the contract.
 * @param version the product's, as `package.json` has it
 */
export function openApi(version: string): Json {
  const schemas = {
    ...describe('input', inputPrefix, (row) => row.input),
    ...describe('output', '', (row) => row.output),
    Failure: {
      type: 'object',
      properties: { ok: { const: false }, error: ref('Problem') },
      required: ['ok', 'error'],
    },
  };
  const paths = Object.fromEntries(httpCommands.map((name) => [`/api/${name}`, operation(name)]));
  const roots = [...JSON.stringify(paths).matchAll(/#\/components\/schemas\/([\w.]+)/g)].map(
    ([, id = '']) => id,
  );
  return {
    openapi: '3.1.0',
    info: {
      title: 'Trunkline',
      version,
      description:
        'Every command is a POST with a JSON body. The answer is an envelope: `{ok: true, value}` or `{ok: false, error}`.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    security: [{ bearer: [] }, { session: [] }],
    paths,
    components: {
      schemas: reached(schemas, roots),
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', description: 'Printed where the console was started.' },
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: 'trunkline',
          description: 'The cookie of a browser that signed in; its name ends with the port.',
        },
      },
    },
  };
}
