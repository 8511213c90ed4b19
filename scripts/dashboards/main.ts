import { writeFileSync } from 'node:fs';
import { dashboardFiles } from './files.ts';

// `npm run dashboards`: writes deploy/grafana/dashboards from the definitions beside this file.
for (const [path, text] of Object.entries(dashboardFiles())) writeFileSync(path, text);
