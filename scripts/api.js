// Writes the public types that the build makes to docs/api.d.ts. Read the difference before you keep it: users see each change.
import './ensure.js';
import { copyFileSync } from 'node:fs';

copyFileSync(new URL('../dist/index.d.ts', import.meta.url), new URL('../docs/api.d.ts', import.meta.url));
