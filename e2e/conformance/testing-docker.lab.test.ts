import { conformanceOf } from './real';

conformanceOf('docker-28');
