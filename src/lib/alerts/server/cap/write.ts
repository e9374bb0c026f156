import { capNamespace, type CapAlert } from './document.ts';
import { grammar, isGrammar, type Grammar } from './grammar.ts';

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
/** Characters XML 1.0 has no way of writing (2.2), and line ends it would change. */
const unwritable =
	/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** Text as it stands between two tags. */
export const escapeXml = (text: string) =>
	text
		.replace(/\r\n?/g, '\n')
		.replace(unwritable, '')
		.replace(/[&<>]/g, (sign) => entities[sign]);

function elements(thing: Record<string, unknown>, places: Grammar): string {
	return places
		.flatMap(({ name, holds, many }) => {
			const given = thing[name];
			const values = (many ? given : given === undefined ? [] : [given]) as unknown[];
			return values.map((value) => {
				const inside = isGrammar(holds)
					? `\n${elements(value as Record<string, unknown>, holds)}`
					: escapeXml(String(value));
				return `<${name}>${inside}</${name}>\n`;
			});
		})
		.join('');
}

/** A CAP message as XML, every element in the one place the schema has for it. Not signed yet. */
export const writeCap = (alert: CapAlert): string =>
	`<?xml version="1.0" encoding="UTF-8"?>\n<alert xmlns="${capNamespace}">\n${elements(
		alert as unknown as Record<string, unknown>,
		grammar
	)}</alert>\n`;
