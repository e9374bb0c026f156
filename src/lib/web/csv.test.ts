import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { csvFile, csvText } from './csv.ts';

const read = (text: string): string[][] => parse(text, { bom: true });

// prettier-ignore
test.each([
	['a street', 'a street'],
	['Vlei Street, "the" corner', 'Vlei Street, "the" corner'],
	['two\nlines', 'two\nlines'],
	['=HYPERLINK("http://evil.example")', '\'=HYPERLINK("http://evil.example")'],
	['+27821234567', "'+27821234567"],
	['@Tshivenḓa', "'@Tshivenḓa"],
	[new Date('2026-11-20T10:00:00Z'), '2026-11-20T10:00:00.000Z'],
	[true, 'yes'],
	[null, ''],
	[-3, '-3']
])('%j becomes %j', (typed, kept) => {
	expect(read(csvText([{ typed }], { Words: (row) => row.typed }))).toEqual([['Words'], [kept]]);
});

test('an empty list still names its columns, and the file has a safe name', async () => {
	const file = csvFile('issues "of"\nward 7', [], { Number: () => 1 });
	expect(file.headers.get('content-disposition')).toBe(
		'attachment; filename="issues-of-ward-7.csv"'
	);
	expect(read(await file.text())).toEqual([['Number']]);
});
