import '@fontsource-variable/inter/wght.css';
import '@fontsource-variable/jetbrains-mono/wght.css';
import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import './theme/global.css';
import { createRoot } from 'react-dom/client';
import type { AppInfo, Result } from '../shared/model';
import { preloadView } from './app/MainView';
import { Root } from './app/Root';
import { StartFailure } from './app/StartFailure';
import { connectApi } from './bridge';
import { createStores } from './store';

/** The canvas measures text and draws once: the fonts must be there before it does. */
const fonts = () =>
  Promise.all(
    ['400', '600'].flatMap((weight) => [
      document.fonts.load(`${weight} 13px "Inter Variable"`),
      document.fonts.load(`${weight} 11px "JetBrains Mono Variable"`),
    ]),
  ).catch(() => undefined);

/** Reads what the first frame depends on, then draws; nothing is drawn twice in another language or theme. */
async function start(element: HTMLElement): Promise<void> {
  const api = connectApi();
  const stores = createStores();
  const [info, preferences]: [Result<AppInfo>, Result<unknown>, unknown] = await Promise.all([
    api.invoke('app.info', {}),
    api.invoke('preferences.get', {}).then((result) => {
      if (!result.ok) return result;
      stores.preferences.setState(result.value, true);
      // Beside the fonts, and not after them.
      preloadView(result.value.view);
      return result;
    }),
    fonts(),
  ]);
  const problem = !info.ok ? info.error : !preferences.ok ? preferences.error : null;
  createRoot(element).render(
    info.ok && !problem ? (
      <Root api={api} stores={stores} info={info.value} />
    ) : (
      <StartFailure problem={problem} stores={stores} />
    ),
  );
}

const element = document.getElementById('root');
if (element) void start(element);
