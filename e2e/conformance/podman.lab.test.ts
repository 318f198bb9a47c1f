import { conformanceOf } from './real';

conformanceOf('podman', 'podman-5');
