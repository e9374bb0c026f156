import { existsSync } from 'node:fs';

/** Real public data for tests lies beside the project, never in it. None where it is absent. */
export const sharedData = (name: string): string | undefined =>
	['../shared/data', '../../shared/data']
		.map((folder) => `${folder}/${name}`)
		.find((path) => existsSync(path));
