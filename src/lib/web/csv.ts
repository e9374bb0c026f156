import { stringify } from 'csv-stringify/sync';

export type Cell = string | number | boolean | Date | null | undefined;

/** The heading of each column, and what stands under it for one row. */
export type Columns<Row> = Record<string, (row: Row) => Cell>;

const cell = (value: Cell) =>
	value instanceof Date
		? value.toISOString()
		: typeof value === 'boolean'
			? value
				? 'yes'
				: 'no'
			: (value ?? '');

/**
 * Rows as CSV (RFC 4180): commas, CRLF, UTF-8 with its mark so that spreadsheets read ḓ and é.
 * A cell that a spreadsheet would take for a formula gets an apostrophe in front.
 */
export const csvText = <Row>(rows: Row[], columns: Columns<Row>): string =>
	stringify(
		rows.map((row) => Object.values(columns).map((read) => cell(read(row)))),
		{
			header: true,
			columns: Object.keys(columns),
			bom: true,
			escape_formulas: true,
			record_delimiter: 'windows'
		}
	);

/** The same as a file to keep. `name` is what the file is called, without its ending. */
export const csvFile = <Row>(name: string, rows: Row[], columns: Columns<Row>): Response =>
	new Response(csvText(rows, columns), {
		headers: {
			'content-type': 'text/csv; charset=utf-8; header=present',
			'content-disposition': `attachment; filename="${name.replace(/[^\w.-]+/g, '-')}.csv"`,
			'cache-control': 'private, no-store'
		}
	});
