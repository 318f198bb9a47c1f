import { conformanceOf } from './real';

conformanceOf('docker-26.1');
