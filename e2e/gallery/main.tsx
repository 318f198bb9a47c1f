import '@fontsource-variable/inter/wght.css';
import '@fontsource-variable/jetbrains-mono/wght.css';
import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import '../../renderer/theme/global.css';
import './gallery.css';
import { Fragment } from 'react';
import { createRoot } from 'react-dom/client';
import { defaultPreferences, type AppInfo } from '../../shared/model';
import { Root } from '../../renderer/app/Root';
import { createFakeApi } from '../../renderer/testing/fake-api';
import { createStores } from '../../renderer/store';
import { scenes, type Scene } from './scenes';
import { answers, snapshot } from './world';

const query = new URLSearchParams(location.search);
const look = {
  language: query.get('language') === 'zh-CN' ? ('zh-CN' as const) : ('en' as const),
  theme: query.get('theme') === 'dark' ? ('dark' as const) : ('light' as const),
};
const address = (change: Partial<typeof look> = {}) =>
  `?${new URLSearchParams({ ...look, ...change }).toString()}`;
/** Behind `#`: from one scene to the next the page is not loaded anew. */
const placeOf = (scene: string) => `${address()}#${encodeURIComponent(scene)}`;

/** One scene in a frame of its own: a dialog covers the whole of its document. */
const Frame = ({ name }: { name: string }) => (
  <figure>
    <figcaption>
      <a href={placeOf(name)}>{name}</a>
    </figcaption>
    <iframe title={name} src={placeOf(name)} />
  </figure>
);

/** All scenes in one look, and the ways to the other looks. */
const Gallery = () => (
  <>
    <nav>
      {(['en', 'zh-CN'] as const).flatMap((language) =>
        (['light', 'dark'] as const).map((theme) => (
          <a key={language + theme} href={address({ language, theme })}>
            {language}, {theme}
          </a>
        )),
      )}
    </nav>
    <div className="frames">
      {[...scenes.keys()].map((name) => (
        <Frame key={name} name={name} />
      ))}
    </div>
  </>
);

/** The whole window in the state of a scene, over a console that answers by the rules and applies nothing. */
function show({ readOnly = false, dialog, selection, ...scene }: Scene) {
  const info: AppInfo = {
    ...{ version: '0', transport: 'web', demo: false, platform: 'linux' },
    ...{ readOnly, locale: look.language },
  };
  const preferences = { ...defaultPreferences, ...look, ...scene.preferences };
  const stores = createStores();
  stores.preferences.setState(preferences, true);
  // An admin opens a dialog when the hosts are there.
  const stop = stores.inventory.subscribe(({ phase }) => {
    if (phase !== 'ready') return;
    stop();
    stores.ui.setState({ dialog: dialog ?? null, selection: selection ?? null });
  });
  const api = createFakeApi(scene.snapshot ?? snapshot, {
    ...answers,
    'preferences.get': () => ({ ok: true, value: preferences }),
    ...scene.answers,
  });
  return <Root api={api} stores={stores} info={info} />;
}

const element = document.getElementById('root');
const root = element && createRoot(element);

function draw(): void {
  const name = decodeURIComponent(location.hash.slice(1));
  const scene = scenes.get(name);
  root?.render(
    scene ? (
      <Fragment key={name}>
        {show(scene)}
        <div hidden data-scene={name} />
      </Fragment>
    ) : (
      <Gallery />
    ),
  );
}

window.addEventListener('hashchange', draw);
draw();
