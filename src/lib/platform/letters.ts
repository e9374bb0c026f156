/**
 * Letters drawn with one line, for pictures the server draws: it may run where no font is installed.
 * Height 14, small letters 10, on the line y = 0; each is its width and its path.
 */
const bowl = 'M10-5A5 5 0 1 0 0-5A5 5 0 1 0 10-5';
const arch = 'M0-10V0M0-5.2A4.5 4.8 0 0 1 9-5.2V0';
const ring = 'M14-7A7 7 0 1 0 0-7A7 7 0 1 0 14-7';
const cee = 'M12.2-11.6A7 7 0 1 0 ';

// prettier-ignore
const letters: Record<string, [width: number, path: string]> = {
	a: [10, `M10-10V0${bowl}`],
	b: [10, `M0-14V0${bowl}`],
	c: [8.8, 'M8.6-8.5A5 5 0 1 0 8.6-1.5'],
	d: [10, `M10-14V0${bowl}`],
	e: [10, 'M.2-5H10A5 5 0 1 0 8.6-1.5'],
	f: [6, 'M6-13.7C3-14.6 2-13 2-11V0M0-9.6H5.6'],
	g: [10, `M10-10V.2A4.8 4.2 0 0 1 1 2.4${bowl}`],
	h: [9, 'M0-14V0M0-5.2A4.5 4.8 0 0 1 9-5.2V0'],
	i: [0, 'M0-10V0M0-13.6V-13.5'],
	ı: [0, 'M0-10V0'],
	j: [2, 'M2-10V1.4Q2 4-.8 3.8M2-13.6V-13.5'],
	k: [8.4, 'M0-14V0M8-10L0-3.8M3-6L8.4 0'],
	l: [0, 'M0-14V0'],
	m: [15.6, 'M0-10V0M0-5.6A3.9 4.4 0 0 1 7.8-5.6V0M7.8-5.6A3.9 4.4 0 0 1 15.6-5.6V0'],
	n: [9, arch],
	o: [10, bowl],
	p: [10, `M0-10V4${bowl}`],
	q: [10, `M10-10V4${bowl}`],
	r: [5.4, 'M0-10V0M0-5A5 5 0 0 1 5.4-9.7'],
	s: [7.8, 'M7.4-8.4C6.6-9.6 5.3-10 3.9-10C1.8-10 .4-9 .4-7.5C.4-4.2 7.8-6.2 7.8-2.6C7.8-1 6.2 0 4 0C2.2 0 .8-.6 0-1.9'],
	t: [5.4, 'M2-13V-3Q2 0 5.4-.2M0-9.8H5.4'],
	u: [9, 'M0-10V-4.6A4.5 4.6 0 0 0 9-4.6M9-10V0'],
	v: [9.2, 'M0-10L4.6 0L9.2-10'],
	w: [14.4, 'M0-10L3.6 0L7.2-9.4L10.8 0L14.4-10'],
	x: [8.4, 'M0-10L8.4 0M8.4-10L0 0'],
	y: [9.2, 'M0-10L4.8-.4M9.2-10L3.6 2.4Q2.8 4 .6 3.8'],
	z: [8.2, 'M0-10H8L0 0H8.2'],
	A: [11.6, 'M0 0L5.8-14L11.6 0M2-4.8H9.6'],
	B: [9.4, 'M0 0V-14H5.4A3.4 3.4 0 0 1 5.4-7.2H0M5.4-7.2A3.6 3.6 0 0 1 5.8 0H0'],
	C: [12.2, `${cee}12.2-2.4`],
	D: [11.4, 'M0 0V-14H4.4A7 7 0 0 1 4.4 0Z'],
	E: [8.8, 'M8.6-14H0V0H8.8M0-7.2H7.6'],
	F: [8.4, 'M8.4-14H0V0M0-7H7.2'],
	G: [14, `${cee}14-7H8.4`],
	H: [10.4, 'M0 0V-14M10.4 0V-14M0-7.2H10.4'],
	I: [0, 'M0 0V-14'],
	J: [6, 'M6-14V-4A3.2 4 0 0 1 0-2.6'],
	K: [9.8, 'M0 0V-14M9.4-14L0-5.6M3.4-8.6L9.8 0'],
	L: [7.8, 'M0-14V0H7.8'],
	M: [13.2, 'M0 0V-14L6.6-3.4L13.2-14V0'],
	N: [10.4, 'M0 0V-14L10.4 0V-14'],
	O: [14, ring],
	P: [9.1, 'M0 0V-14H5.2A3.9 3.9 0 0 1 5.2-6.2H0'],
	Q: [14, `${ring}M9-4L13.6 1`],
	R: [9.6, 'M0 0V-14H5.2A3.9 3.9 0 0 1 5.2-6.2H0M4.8-6.2L9.6 0'],
	S: [9.8, 'M9-11.8C8-13.4 6.4-14 4.9-14C2.2-14 .6-12.6 .6-10.6C.6-5.8 9.8-8.8 9.8-3.8C9.8-1.4 7.8 0 5.1 0C2.8 0 .9-.9 0-2.8'],
	T: [10.4, 'M0-14H10.4M5.2-14V0'],
	U: [10.2, 'M0-14V-5A5.1 5 0 0 0 10.2-5V-14'],
	V: [11.2, 'M0-14L5.6 0L11.2-14'],
	W: [17.2, 'M0-14L4.2 0L8.6-13L13 0L17.2-14'],
	X: [9.8, 'M0-14L9.8 0M9.8-14L0 0'],
	Y: [10.4, 'M0-14L5.2-6.6L10.4-14M5.2-6.6V0'],
	Z: [9.8, 'M0-14H9.6L0 0H9.8'],
	0: [9, 'M9-7A4.5 7 0 1 0 0-7A4.5 7 0 1 0 9-7'],
	1: [3.6, 'M0-11.4L3.6-14V0'],
	2: [8.8, 'M.2-10.4A4.2 4 0 0 1 8.6-10.2C8.6-7.4 3.6-4.6 0 0H8.8'],
	3: [8.6, 'M.4-14H8L4-8.6C7-8.8 8.6-6.8 8.6-4.4C8.6-1.8 6.8 0 4.2 0C2.3 0 .7-.9 0-2.4'],
	4: [9, 'M6.8 0V-14L0-4H9'],
	5: [8.8, 'M8-14H1.4L.8-8C4.6-10 8.8-8.4 8.8-4.5C8.8-1.8 6.8 0 4.2 0C2.4 0 .8-.7 0-2.2'],
	6: [9, 'M7-14L1-7M9-4.5A4.5 4.5 0 1 0 0-4.5A4.5 4.5 0 1 0 9-4.5'],
	7: [8.6, 'M0-14H8.6L2.8 0'],
	8: [8.8, 'M8.1-10.6A3.7 3.4 0 1 0 .7-10.6A3.7 3.4 0 1 0 8.1-10.6M8.8-3.6A4.4 3.6 0 1 0 0-3.6A4.4 3.6 0 1 0 8.8-3.6'],
	9: [9, 'M2 0L8-7M9-9.5A4.5 4.5 0 1 0 0-9.5A4.5 4.5 0 1 0 9-9.5'],
	'.': [0, 'M0-.1V0'],
	',': [1, 'M.8-.4L0 2.6'],
	':': [0, 'M0-.1V0M0-8.1V-8'],
	';': [1, 'M.8-.4L0 2.6M.8-8.1V-8'],
	'!': [0, 'M0-14V-4.6M0-.1V0'],
	'?': [7.4, 'M0-11A3.7 3.4 0 0 1 7.4-10.6C7.4-7.8 3.6-7.6 3.6-4.4M3.6-.1V0'],
	'-': [5, 'M0-5.4H5'],
	'–': [8, 'M0-5.4H8'],
	'—': [12, 'M0-5.4H12'],
	"'": [0, 'M0-14V-11.4'],
	'’': [.8, 'M.8-14L0-11.4'],
	'‘': [.8, 'M0-14L.8-11.4'],
	'"': [3, 'M0-14V-11.4M3-14V-11.4'],
	'“': [3.8, 'M0-14L.8-11.4M3-14L3.8-11.4'],
	'”': [3.8, 'M.8-14L0-11.4M3.8-14L3-11.4'],
	'(': [3.4, 'M3.4-15Q-1.8-6.2 3.4 2.6'],
	')': [3.4, 'M0-15Q5.2-6.2 0 2.6'],
	'/': [6.4, 'M0 1L6.4-15'],
	'&': [10.6, 'M10.4-5.4C9.6-2 7.4 0 4.4 0C1.8 0 0-1.6 0-3.8C0-7.8 7-7.6 7-11.2C7-13 5.8-14 4.3-14C2.7-14 1.5-12.9 1.5-11.3C1.5-9 8-2.6 10.6 0'],
	'%': [10.4, 'M9.4-14L1 0M3.6-11.8A1.8 2.2 0 1 0 0-11.8A1.8 2.2 0 1 0 3.6-11.8M10.4-2.2A1.8 2.2 0 1 0 6.8-2.2A1.8 2.2 0 1 0 10.4-2.2'],
	'+': [7.6, 'M0-5.4H7.6M3.8-9.2V-1.6'],
	'=': [7.6, 'M0-7H7.6M0-3.6H7.6'],
	'·': [0, 'M0-5.4V-5.3'],
	'…': [10, 'M0-.1V0M5-.1V0M10-.1V0']
};

/** Marks above and below a letter (Unicode's combining ones), around x = 0, over a small letter. */
// prettier-ignore
const marks: Record<string, string> = {
	'\u0300': 'M1.2-12.4L-1.2-14.8',
	'\u0301': 'M-1.2-12.4L1.2-14.8',
	'\u0302': 'M-2.4-12.4L0-14.6L2.4-12.4',
	'\u0303': 'M-2.6-12.8Q-1.3-14.6 0-13.4T2.6-13.8',
	'\u0307': 'M0-13.3V-13.2',
	'\u0308': 'M-2.2-13.3V-13.2M2.2-13.3V-13.2',
	'\u030c': 'M-2.4-14.6L0-12.4L2.4-14.6',
	'\u0327': 'M0 .4Q2 2.6-.8 3.4',
	'\u032d': 'M-2.4 4.4L0 2.4L2.4 4.4'
};
const below = new Set(['\u0327', '\u032d']);

const between = 3.8;
const space = 5.4;

interface Letter {
	width: number;
	/** Paths, each at its place from the letter's left. */
	parts: Array<{ path: string; x: number; y: number }>;
}

function lettersOf(word: string): Letter[] {
	const found: Letter[] = [];
	for (const cluster of word.normalize('NFD').match(/\P{M}\p{M}*/gu) ?? []) {
		const [base, ...over] = cluster;
		const known = over.filter((mark) => marks[mark]);
		const dotless = base === 'i' && known.some((mark) => !below.has(mark));
		const drawn = letters[dotless ? 'ı' : base];
		if (!drawn) continue;
		const [width, path] = drawn;
		const tall = /[A-Z]/.test(base) ? -4 : 0;
		found.push({
			width,
			parts: [
				{ path, x: 0, y: 0 },
				...known.map((mark) => ({
					path: marks[mark],
					x: width / 2,
					y: below.has(mark) ? 0 : tall
				}))
			]
		});
	}
	return found;
}

const widthOf = (word: Letter[]) =>
	word.reduce((sum, { width }) => sum + width, 0) + between * Math.max(0, word.length - 1);

/** Words of a text that can be drawn, and how wide each is. Other scripts and pictures are left out. */
const wordsOf = (text: string) =>
	text
		.split(/\s+/)
		.map(lettersOf)
		.filter((word) => word.length)
		.map((word) => ({ word, width: widthOf(word) }));

/** A line of SVG paths, and how wide it is, in the units of the letters. */
export interface Line {
	svg: string;
	width: number;
}

function drawn(words: ReturnType<typeof wordsOf>): Line {
	const parts: string[] = [];
	let x = 0;
	for (const [at, { word, width }] of words.entries()) {
		if (at) x += space + between;
		let pen = x;
		for (const letter of word) {
			for (const part of letter.parts)
				parts.push(
					`<path transform="translate(${(pen + part.x).toFixed(1)} ${part.y})" d="${part.path}"/>`
				);
			pen += letter.width + between;
		}
		x += width;
	}
	return { svg: parts.join(''), width: x };
}

/** A text in lines no wider than `most`; a longer word stands alone. More than `lines` end in an ellipsis. */
export function linesOf(text: string, most: number, lines: number): Line[] {
	const rows: Array<ReturnType<typeof wordsOf>> = [];
	let width = Infinity;
	for (const word of wordsOf(text)) {
		const wider = width + space + between + word.width;
		if (wider > most) rows.push([]);
		width = wider > most ? word.width : wider;
		rows[rows.length - 1].push(word);
	}
	if (rows.length > lines) rows[lines - 1].push(...wordsOf('…'));
	return rows.slice(0, lines).map(drawn);
}

/** How many lines a text needs at a width, if no word is wider than that; otherwise none fit. */
export function linesNeeded(text: string, most: number): number {
	return wordsOf(text).some(({ width }) => width > most)
		? Infinity
		: linesOf(text, most, 99).length;
}
