import { beforeEach, describe, expect, test } from 'vitest';
import { makeCommitment } from '#lib/commitments/server/index.ts';
import { publishNews, withdrawNews, writeNews } from '#lib/noticeboard/server/index.ts';
import { newId } from '#lib/platform/ids.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { checkCharacter, drawReference } from '#lib/issues/reference.ts';
import { meantIssues, pageOfNumber, search } from '#lib/search/server/index.ts';
import { settleKhanyisa } from '../../src/demo/khanyisa/index.ts';
import { askerFor, khanyisa, personOf, raise } from '../support/scene.ts';
import { inBothDatabases } from '../support/story.ts';

const monday = new Date('2026-11-23T08:00:00Z');
const ward7 = '99901007';

/** What can be found in Khanyisa, by a short name. */
// prettier-ignore
const reports = {
	pothole:  { title: 'Deep pothole in Mill Road', description: 'Two tyres have burst here since Friday.', place: '14 Mill Road, Thembeni' },
	light:    { title: 'Street light out', description: 'It is dark at the bus stop.', place: '3 Kerk Street, Khanyisa' },
	sewage:   { title: 'Sewage runs into the stream', description: 'It smells behind the school.', place: 'Ntaba Street' },
	pipe:     { title: 'Burst pipe, water everywhere', description: 'Amanzi ayachitheka emgwaqeni.', place: 'Vlei Street 12' },
	straat:   { title: 'Vullis lê al twee weke', description: 'Die vullis word nie verwyder nie.', place: 'Kerkstraat 9' }
};

async function fill(db: Db) {
	await settleKhanyisa(db, monday);
	const kha = (await khanyisa(db)).id;
	const tho = (await khanyisa(db, 'THO')).id;
	for (const report of Object.values(reports))
		await raise(db, { ...report, municipalityId: kha, wardCode: ward7 }, monday);
	const secret = {
		title: 'Pothole beside my neighbour Xolani',
		description: 'Zanzibar',
		wardCode: ward7
	};
	await raise(db, { ...secret, municipalityId: kha, private: true }, monday);
	await raise(db, { ...secret, municipalityId: kha, hidden: true }, monday);
	await raise(db, { ...secret, municipalityId: kha, held: true }, monday);
	await raise(db, { ...secret, title: 'Pothole of the neighbours', municipalityId: tho }, monday);
	await raise(
		db,
		{
			title: 'A bench at the clinic',
			description: 'For old people who wait.',
			municipalityId: kha,
			wardCode: ward7,
			kind: 'suggestion'
		},
		monday
	);
	const lindiwe = await personOf(db, 'councillor', monday);
	await makeCommitment(
		db,
		lindiwe,
		{
			id: newId(monday),
			municipalityId: kha,
			office: `ward-${ward7}`,
			what: 'A second standpipe for Lower Thembeni',
			evidence: 'Water runs from it',
			dueOn: '2026-12-18'
		},
		monday
	);
	const lerato = await personOf(db, 'communications', monday);
	const tell = async (title: string, words: string) => {
		const piece = await writeNews(
			db,
			lerato,
			{
				id: newId(monday),
				municipalityId: kha,
				title,
				words,
				language: 'en',
				topics: [],
				wardCodes: []
			},
			monday
		);
		return { municipalityId: kha, number: piece.number };
	};
	await publishNews(
		db,
		lerato,
		await tell(
			'A water tanker stands at the clinic',
			'Bring a clean bucket with a lid every morning.'
		),
		monday
	);
	await tell('Draft about the tanker', 'Nobody may read this about the tanker yet.');
	const gone = await tell(
		'The tanker stays away',
		'This was wrong from the first word to the last.'
	);
	await publishNews(db, lerato, gone, monday);
	await withdrawNews(db, lerato, { ...gone, why: 'It was wrong altogether.' }, monday);
}

inBothDatabases((place) => {
	let kha: string;
	beforeEach(async () => {
		kha = (await khanyisa(place.db)).id;
	});
	const found = async (typed: string) => {
		const { hits, perhaps } = await search(place.db, kha, typed, monday);
		return [...hits, ...perhaps].map(({ title }) => title);
	};

	// prettier-ignore
	test.each([
		['pothole', reports.pothole.title],
		['Pot hole', reports.pothole.title],
		['pot-hole mill', reports.pothole.title],
		['patole', reports.pothole.title],
		['potole', reports.pothole.title],
		['pothol', reports.pothole.title],
		['pohtole', reports.pothole.title],
		['the pothole in mill rd', reports.pothole.title],
		['stret ligt', reports.light.title],
		['streetlight', reports.light.title],
		['strete light', reports.light.title],
		['kerkstr', reports.light.title],
		['kerk straat', reports.light.title],
		['Kerkstraat', reports.straat.title],
		['kerk street', reports.straat.title],
		['sewrage', reports.sewage.title],
		['sewadge', reports.sewage.title],
		['burts pipe', reports.pipe.title],
		['brust pipe', reports.pipe.title],
		['AMANZI', reports.pipe.title],
		['vullis le', reports.straat.title],
		['vulis', reports.straat.title],
		['bench clinik', 'A bench at the clinic'],
		['standpype', 'A second standpipe for Lower Thembeni'],
		['water tankar', 'A water tanker stands at the clinic']
	])('whoever types %s finds “%s”', async (typed, title) => {
		expect(await found(typed)).toContain(title);
	});

	test('what is spelt right comes before what only sounds like it', async () => {
		expect((await found('water tanker'))[0]).toBe('A water tanker stands at the clinic');
		expect(await found('pothole')).toEqual([reports.pothole.title]);
	});

	test('what is spelt otherwise is offered as a guess, and never as what was asked for', async () => {
		const asked = async (typed: string) => {
			const { hits, perhaps } = await search(place.db, kha, typed, monday);
			return [hits, perhaps].map((list) => list.map(({ title }) => title));
		};
		expect(await asked('pothole')).toEqual([[reports.pothole.title], []]);
		expect(await asked('patole')).toEqual([[], [reports.pothole.title]]);
		for (const typed of ['zebra crossing', 'helicopter', 'xyzzy', 'asbestos roof'])
			expect((await asked(typed))[0], typed).toEqual([]);
	});

	test('nothing private, held, hidden, withdrawn, unpublished or of another town is ever found', async () => {
		for (const typed of ['zanzibar', 'xolani', 'neighbour pothole', 'nabours']) {
			const titles = await found(typed);
			expect(
				titles.filter((title) => /neighbour/i.test(title)),
				typed
			).toEqual([]);
		}
		const tankers = await found('tanker');
		expect(tankers).toEqual(['A water tanker stands at the clinic']);
	});

	test('places are found by what people call them', async () => {
		for (const typed of ['ntaba str', 'Ntaba Street', 'ntabba street'])
			expect(
				(await search(place.db, kha, typed, monday)).places.map(({ name }) => name),
				typed
			).toContain('Ntaba Street');
	});

	// prettier-ignore
	test.each(['', ' ', 'x', '%', '’', '\\', "'", '&', '| ! ( )', ':*', "a' | 'b", '😀', '\u202e', '-- ;drop', 'die van het', 'x'.repeat(5000), 'a b c d e f g h i j k l m n o p q r s t u v w x y z'])(
		'the question %j breaks nothing',
		async (typed) => {
			const { question, hits } = await search(place.db, kha, typed, monday);
			expect(question.length).toBeLessThanOrEqual(100);
			expect(Array.isArray(hits)).toBe(true);
		}
	);

	describe('by number', () => {
		const reference = drawReference('KHA', 2026);
		const [code, year, suffix] = reference.split('-');
		const report = (more: object = {}) =>
			raise(
				place.db,
				{ ...reports.pothole, municipalityId: kha, wardCode: ward7, reference, ...more },
				monday
			);
		const page = (typed: string, who = askerFor(null)) => pageOfNumber(place.db, who, kha, typed);

		test('an issue opens, however its number is typed', async () => {
			await report();
			for (const typed of [
				reference,
				reference.toLowerCase(),
				`${code}${year} ${suffix}`,
				`kha ${year} ${suffix.toLowerCase()}`
			])
				expect(await page(typed), typed).toBe(`/issues/${reference}`);
		});

		test('one slip is forgiven, and only public issues are offered', async () => {
			await report();
			const swapped = [...suffix];
			const at = swapped.findIndex((sign, i) => i < 4 && sign !== swapped[i + 1]);
			[swapped[at], swapped[at + 1]] = [swapped[at + 1], swapped[at]];
			const wrong = (suffix[1] === '2' ? '3' : '2') + suffix.slice(1);
			const other = suffix[0] === wrong[0] ? `4${suffix.slice(1)}` : wrong;
			// One sign too many may have made another number that could be one.
			const longer = `${suffix}${checkCharacter(suffix) ?? '2'}`;
			for (const typed of [swapped.join(''), other, suffix.slice(0, 4), `${suffix}2`, longer]) {
				const meant = await meantIssues(place.db, kha, `${code}-${year}-${typed}`);
				expect(
					meant.map((each) => each.reference),
					typed
				).toContain(reference);
			}
		});

		test('nobody learns of a private issue by its number, but whoever raised it opens it', async () => {
			const thandi = await personOf(place.db, 'resident', monday);
			await report({ private: true, reporterId: thandi.id });
			expect(await page(reference)).toBeNull();
			expect(await page(reference, askerFor(thandi))).toBe(`/issues/${reference}`);
			expect(await meantIssues(place.db, kha, `${reference}2`)).toEqual([]);
		});

		test('promises and news by theirs, drafts by none', async () => {
			expect(await page('P-1')).toBe('/commitments/1');
			expect(await page('p1')).toBe('/commitments/1');
			expect(await page('N-1')).toBe('/news/1');
			expect(await page('N-2')).toBeNull();
			expect(await page('P-99')).toBeNull();
			expect(await page('pothole')).toBeNull();
		});
	});
}, fill);
