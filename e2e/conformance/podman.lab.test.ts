import { conformanceOf } from './real';

conformanceOf('podman');
