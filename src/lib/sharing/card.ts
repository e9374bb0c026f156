import { linesNeeded, linesOf } from '../platform/letters.ts';

/** What a picture of a page says. */
export interface Card {
	/** Whose page it is. */
	municipality: string;
	title: string;
	/** One short line: how it stands, where. */
	foot: string;
	number: string;
}

export const cardWidth = 1200;
export const cardHeight = 630;

const margin = 80;
const room = cardWidth - 2 * margin;
/** Pixels to a unit of the letters, the largest that fits first; lines that fit at that size. */
const sizes = [
	[5.2, 2],
	[4.4, 3],
	[3.7, 4],
	[3, 5]
] as const;

const text = (svg: string, x: number, y: number, scale: number, stroke: number, colour: string) =>
	`<g transform="translate(${x} ${y}) scale(${scale})" stroke="${colour}" stroke-width="${stroke}">${svg}</g>`;

/** The picture a link is shown with (Open Graph: 1200 × 630), as SVG that needs no font. */
export function drawCard({ municipality, title, foot, number }: Card): string {
	const [scale, lines] =
		sizes.find(([size, most]) => linesNeeded(title, room / size) <= most) ??
		sizes[sizes.length - 1];
	const rows = linesOf(title, room / scale, lines);
	const height = 26 * scale;
	const top = 330 - ((rows.length - 1) * height) / 2 + 7 * scale;
	const one = (line: string, size: number, most = room) => linesOf(line, most / size, 1)[0];
	const whose = one(municipality, 2.4, room - 300);
	const name = one(number, 1.9);
	const numberWidth = (name?.width ?? 0) * 1.9;
	const below = one(foot, 1.9, room - numberWidth - 60);

	return `<svg xmlns="http://www.w3.org/2000/svg" width="${cardWidth}" height="${cardHeight}" fill="none" stroke-linecap="round" stroke-linejoin="round">
<rect width="100%" height="100%" fill="#1e1a55"/>
<g stroke="#4a44a3">${[110, 155, 200].map((r, i) => `<circle cx="1180" cy="20" r="${r}" stroke-width="${20 - 3 * i}" stroke-dasharray="0 ${38 + i}"/>`).join('')}</g>
<rect x="${margin}" y="540" width="${room}" height="2" fill="#4a44a3"/>
<g transform="translate(${margin} 62) scale(1.7)"><circle cx="20" cy="20" r="13.5" stroke="#fff" stroke-width="6" stroke-dasharray="64.8 20.02" transform="rotate(87.5 20 20)"/><circle cx="29.55" cy="29.55" r="4.6" fill="#ffb62e"/></g>
${whose ? text(whose.svg, margin + 92, 113, 2.4, 1.9, '#fff') : ''}
${rows.map((row, i) => text(row.svg, margin, top + i * height, scale, 2.3, '#fff')).join('\n')}
${below ? text(below.svg, margin, 592, 1.9, 1.8, '#cbc7f0') : ''}
${name ? text(name.svg, cardWidth - margin - numberWidth, 592, 1.9, 1.8, '#ffb62e') : ''}
</svg>`;
}
