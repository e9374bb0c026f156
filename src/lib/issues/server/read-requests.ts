import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { parse } from 'csv-parse';
import { readRow, type ImportMap, type RowReading } from '../import-map.ts';

/** A row of a file, the header being the first. */
export interface NumberedRow extends RowReading {
	row: number;
}

/** A request of another system is a line of a few hundred characters. */
const longestRow = 100_000;

/**
 * Reads requests of another system row by row from a CSV, plain or gzipped, by a column map.
 * @throws when the file cannot be read as CSV, or lacks a column the map names
 */
export async function* readRequests(file: string, map: ImportMap): AsyncGenerator<NumberedRow> {
	const source = createReadStream(file);
	const text = file.endsWith('.gz') ? source.pipe(createGunzip()) : source;
	const parser = parse({
		columns: (header: string[]) => checkHeader(header, map),
		delimiter: map.delimiter,
		bom: true,
		relax_quotes: true,
		relax_column_count: true,
		max_record_size: longestRow,
		skip_empty_lines: true
	});
	for (const stream of [source, text])
		stream.on('error', (reason: Error) => parser.destroy(reason));

	let row = 1;
	for await (const cells of text.pipe(parser)) yield { row: ++row, ...readRow(map, cells) };
}

function checkHeader(header: string[], map: ImportMap): string[] {
	const missing = Object.values(map.columns).filter((name) => name && !header.includes(name));
	if (missing.length)
		throw new Error(
			`The file has no column ${missing.map((name) => `“${name}”`).join(', ')}. It has: ${header.slice(0, 40).join(', ')}`
		);
	return header;
}
