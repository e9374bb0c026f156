import { beforeEach, expect, test } from 'vitest';
import { follow } from '#lib/delivery/server/index.ts';
import type { Locale } from '#lib/i18n/index.ts';
import { speak } from '#lib/i18n/server/index.ts';
import type { Asker } from '#lib/identity/asker.ts';
import { flag, issuePage, listIssues, support, withdraw } from '#lib/issues/server/index.ts';
import { readFilters } from '#lib/issues/filters.ts';
import { standingSentence } from '#lib/issues/wording.ts';
import { newId } from '#lib/platform/ids.ts';
import { settleKhanyisa } from '../../src/demo/khanyisa/index.ts';
import { letters } from '../support/followers.ts';
import { asker, raised, signedIn } from '../support/khanyisa.ts';
import { inBothDatabases } from '../support/story.ts';

inBothDatabases((place) => {
	let light: Awaited<ReturnType<typeof raised>>;
	let thandi: Asker;
	const at = () => ({ municipalityId: light.municipalityId, reference: light.reference });

	beforeEach(async () => {
		thandi = asker({ actor: await signedIn(place.db, 'resident') });
		light = await raised(place.db, {
			reference: 'KHA-26-4TRW8',
			reporterId: thandi.actor!.id,
			title: 'It has been dark since the storm.'
		});
	});

	test.each<[Locale, string]>([
		['en', 'You reported this yourself: you are counted already.'],
		['af', 'Jy het dit self aangemeld: jy is reeds getel.'],
		['xh', 'Oku kuchazwe nguwe: sele ubaliwe.'],
		['zu', 'Lokhu kubikwe nguwe: usubaliwe.']
	])('what cannot be done is refused in %s to whoever asks in it', async (language, sentence) => {
		const tried = speak(language, () => support(place.db, thandi, at()));
		await expect(tried).rejects.toMatchObject({ status: 409, message: sentence });
	});

	test('one history is told to each reader in their own language', async () => {
		const facts = { ...at(), deedId: newId(), code: 'fixed' };
		await speak('zu', () => withdraw(place.db, thandi, facts));

		const municipality = { id: light.municipalityId, timezone: 'Africa/Johannesburg' };
		const told = async (language: Locale) => {
			const page = () => issuePage(place.db, thandi, municipality, light.reference);
			return speak(language, async () => {
				const issue = await page();
				return [issue.lines[0].title, standingSentence(issue)];
			});
		};
		expect(await told('en')).toEqual([
			'Taken back by the resident who reported it: it is no longer a problem',
			'Taken back by whoever reported it: it is no longer a problem'
		]);
		expect(await told('zu')).toEqual([
			'Kuhoxise umuntu obikile: akuseyona inkinga',
			'Kuhoxiswe yilowo okubikile: akuseyona inkinga'
		]);
		expect((await told('af'))[0]).toBe(
			'Teruggetrek deur die inwoner wat dit aangemeld het: dit is nie meer ’n probleem nie'
		);
	});

	test('a list says in which language each title was written', async () => {
		const { municipalityId } = light;
		const list = { municipalityId, timezone: 'Africa/Johannesburg', asker: thandi };
		const filters = readFilters(new URLSearchParams('mine=1'));
		const found = await listIssues(place.db, list, filters);
		expect(found.issues.find(({ id }) => id === light.id)?.language).toBe('en');
	});

	test('whoever flags in isiZulu does not choose the language of the message it causes', async () => {
		await follow(place.db, {
			municipalityId: light.municipalityId,
			subject: 'issue',
			subjectId: light.id,
			personId: thandi.actor!.id,
			channel: 'inbox',
			because: 'reported'
		});
		for (const device of ['first', 'second', 'third'])
			await speak('zu', () => flag(place.db, asker({ device }), { ...at(), reason: 'insult' }));

		const sent = (await letters(place.db)).filter(({ subjectId }) => subjectId === light.id);
		expect(sent.map(({ text }) => text).join()).toContain(
			'several residents said that something is wrong'
		);
	});
}, settleKhanyisa);
