export interface Tick {
  n: number;
  at: Date;
}

/** What the example's preload exposes as `window.api`: one member for each way of crossing between the processes. */
export interface ExampleApi {
  platform: string;
  /** What a sandboxed preload hears when it asks for Node's fs. */
  fsError: string;
  when: Date;
  add(a: number, b: number): number;
  boom(): never;
  greet(name: string): Promise<unknown>;
  echo(value: unknown): Promise<unknown>;
  rich(): Promise<unknown>;
  fail(): Promise<unknown>;
  uncloneable(): Promise<unknown>;
  openFile(): Promise<unknown>;
  sendFunction(): void;
  startEvents(): void;
  onTick(listener: (tick: Tick) => void): () => void;
  stream(): Promise<unknown>;
  sendPort(): Promise<string>;
}
