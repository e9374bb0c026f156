import { readFile } from 'node:fs/promises';
import * as v from 'valibot';
import { importMapSchema, type ImportMap } from '#lib/issues/import-map.ts';

/**
 * What stands in a JSON file an operator named.
 * @param field the option that named it
 * @throws naming the option when the file cannot be read, or is not JSON
 */
export async function readJson(field: string, path: string, given: string): Promise<unknown> {
	const text = await readFile(path, 'utf8').catch(() => {
		throw new Error(`${field}: ${given} cannot be read`);
	});
	try {
		return JSON.parse(text);
	} catch (reason) {
		throw new Error(`${field}: ${given} is not JSON: ${(reason as Error).message}`, {
			cause: reason
		});
	}
}

/** The column map an operator named with `--map`. @throws naming each field that is wrong */
export async function readImportMap(path: string, given: string): Promise<ImportMap> {
	const read = v.safeParse(importMapSchema, await readJson('--map', path, given));
	if (read.success) return read.output;
	throw new Error(
		read.issues.map((issue) => `--map: ${v.getDotPath(issue) ?? ''} ${issue.message}`).join('\n')
	);
}
