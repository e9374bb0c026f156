import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import PDFDocument from 'pdfkit';
import { encode } from 'uqr';
import type { Alert, AlertText, Level } from '../../alert.ts';
import { actionOf, reviewed } from '../../say.ts';

/** What the poster says that is not the alert's own: in the reader's words, already chosen. */
export interface PosterWords {
	level: string;
	issued: string;
	next: string | null;
	until: string;
	labels: { issued: string; next: string; until: string; check: string; replaced: string };
	exercise: string | null;
}

const fonts = join(
	dirname(createRequire(import.meta.url).resolve('dejavu-fonts-ttf/package.json')),
	'ttf'
);
const colours: Record<Level, [ground: string, ink: string]> = {
	advice: ['#ffd84a', '#1a1500'],
	watch_and_act: ['#ff9a3c', '#1c0d00'],
	emergency_warning: ['#a00915', '#ffffff']
};
/** Square informs, triangle warns, eight sides stop: on a grid of 24, as the icons of the pages. */
const shapes: Record<Level, string> = {
	advice: 'M2 2h20v20h-20z',
	watch_and_act: 'M12 2.5L22.5 21h-21z',
	emergency_warning: 'M8 1.5h8L22.5 8v8L16 22.5H8L1.5 16V8z'
};

const [left, width, bottom] = [42, 511, 800];

/** One A4 page to print and put up: the action first, the shape and the word, and a code that proves it. */
export function drawPoster(
	alert: Alert,
	text: AlertText,
	link: string,
	words: PosterWords
): Promise<Buffer> {
	const pdf = new PDFDocument({
		size: 'A4',
		margin: 0,
		lang: text.language,
		info: { Title: text.headline, Author: text.source, CreationDate: alert.issuedAt! }
	});
	pdf.registerFont('plain', join(fonts, 'DejaVuSans.ttf'));
	pdf.registerFont('bold', join(fonts, 'DejaVuSans-Bold.ttf'));
	const parts: Buffer[] = [];
	const done = new Promise<Buffer>((resolve, reject) =>
		pdf
			.on('data', (part: Buffer) => parts.push(part))
			.on('end', () => resolve(Buffer.concat(parts)))
			.on('error', reject)
	);

	drawBand(pdf, alert, words);
	const { action, rest } = actionOf(text.instruction);
	let y = fit(pdf, 'bold', action, { y: 160, height: 130, sizes: [72, 60, 48, 38, 30, 24] }) + 10;
	y = fit(pdf, 'plain', text.headline, { y, height: 80, sizes: [24, 20, 17, 14] }) + 14;
	y = drawBox(pdf, rest || text.description, y) + 14;
	y = drawTimes(pdf, words, y) + 12;
	for (const other of reviewed(alert).filter((each) => each !== text)) y = drawOther(pdf, other, y);
	drawProof(pdf, alert, text, link, words);
	pdf.end();
	return done;
}

type Pdf = PDFKit.PDFDocument;

function drawBand(pdf: Pdf, { level }: Alert, { level: name, exercise }: PosterWords) {
	const [ground, ink] = colours[level];
	pdf.roundedRect(left, 40, width, 96, 8).fill(ground);
	pdf
		.save()
		.translate(left + 26, 58)
		.scale(2.5)
		.path(shapes[level])
		.fill(ink)
		.restore();
	pdf
		.save()
		.translate(left + 26, 58)
		.scale(2.5)
		.lineWidth(3)
		.lineCap('round');
	pdf.path('M12 8v6M12 18v.1').stroke(ground).restore();
	const words = exercise ? `${exercise}\n${name}` : name;
	pdf
		.fillColor(ink)
		.font('bold')
		.fontSize(exercise ? 20 : 34);
	pdf.text(words, left + 106, exercise ? 62 : 68, {
		width: width - 120,
		height: 70,
		ellipsis: true
	});
	pdf.fillColor('#000000');
}

interface Space {
	y: number;
	height: number;
	sizes: number[];
	x?: number;
	wide?: number;
}

/** Writes a text as large as it fits, and answers where it ends. */
function fit(
	pdf: Pdf,
	font: string,
	text: string,
	{ y, height, sizes, x = left, wide = width }: Space
): number {
	const size =
		sizes.find(
			(each) => pdf.font(font).fontSize(each).heightOfString(text, { width: wide }) <= height
		) ?? sizes[sizes.length - 1];
	pdf.font(font).fontSize(size).fillColor('#000000');
	pdf.text(text, x, y, { width: wide, height, ellipsis: true });
	return y + Math.min(height, pdf.heightOfString(text, { width: wide }));
}

function drawBox(pdf: Pdf, text: string, y: number): number {
	const end = fit(pdf, 'bold', text, {
		y: y + 16,
		height: 130,
		sizes: [24, 20, 17, 14, 12],
		x: left + 20,
		wide: width - 40
	});
	pdf
		.lineWidth(5)
		.roundedRect(left + 2, y, width - 4, end - y + 18, 6)
		.stroke('#000000');
	return end + 18;
}

function drawTimes(pdf: Pdf, { labels, issued, next, until }: PosterWords, y: number): number {
	const times = [
		[labels.issued, issued],
		...(next ? [[labels.next, next]] : []),
		[labels.until, until]
	];
	const each = width / times.length;
	times.forEach(([label, time], i) => {
		pdf
			.font('plain')
			.fontSize(11)
			.text(label, left + i * each, y, { width: each - 8 });
		pdf
			.font('bold')
			.fontSize(16)
			.text(time, left + i * each, y + 15, { width: each - 8 });
	});
	const end = y + 62;
	pdf
		.lineWidth(2)
		.moveTo(left, end)
		.lineTo(left + width, end)
		.stroke('#000000');
	return end;
}

const proofAt = 640;

/** As many other languages as there is paper for; the code leads to the rest. */
function drawOther(pdf: Pdf, text: AlertText, y: number): number {
	const { action } = actionOf(text.instruction);
	if (y + 62 > proofAt) return y;
	pdf.font('bold').fontSize(17).text(action, left, y, { width, height: 20, ellipsis: true });
	return fit(pdf, 'plain', text.headline, { y: y + 22, height: 34, sizes: [12, 10] }) + 8;
}

function drawProof(
	pdf: Pdf,
	{ number, version }: Alert,
	{ source }: AlertText,
	link: string,
	{ labels, issued }: PosterWords
) {
	const { size, data } = encode(link, { ecc: 'L', border: 2 });
	const scale = (bottom - proofAt) / size;
	pdf.save().translate(left, proofAt).scale(scale);
	data.forEach((row, at) => row.forEach((dark, x) => dark && pdf.rect(x, at, 1, 1)));
	pdf.fill('#000000').restore();
	const x = left + (bottom - proofAt) + 16;
	const wide = left + width - x;
	pdf
		.font('bold')
		.fontSize(13)
		.text(source, x, proofAt + 8, { width: wide });
	pdf.font('plain').fontSize(12);
	pdf.text(
		`${labels.issued}: ${issued}\n${number} · ${version}\n\n${labels.check}\n\n${labels.replaced}`,
		x,
		pdf.y + 4,
		{ width: wide, height: bottom - pdf.y, ellipsis: true }
	);
}
