const escape = (text: string) => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

const link = /(https?:\/\/[^\s<>"]+)/;

const linked = (text: string) =>
	text
		.split(link)
		.map((piece, i) => (i % 2 ? `<a href="${escape(piece)}">${escape(piece)}</a>` : escape(piece)))
		.join('');

/** The plain text of an e-mail as the simplest HTML there is: paragraphs and links, nothing loaded from anywhere. */
export const htmlOf = (text: string, language: string) =>
	`<!doctype html><html lang="${escape(language)}"><meta charset="utf-8"><body style="font:16px/1.5 sans-serif;max-width:36em;margin:0 auto;padding:1em">${text
		.split(/\n{2,}/)
		.map((part) => `<p>${linked(part).replaceAll('\n', '<br>')}</p>`)
		.join('')}</body></html>`;
