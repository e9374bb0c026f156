import { auditPage, deedsDone } from '#lib/audit/server/index.ts';
import { sayDeed } from '#lib/audit/wording.ts';
import { dayAndTime } from '#lib/platform/time.ts';
import { ask } from '#lib/web/attempt.ts';
import { auditQuestion } from '#lib/web/audit-question.ts';

export async function load({ locals: { db, actor, municipality }, url }) {
	const page = Math.min(10_000, Math.max(1, Number(url.searchParams.get('page')) || 1));
	const found = await ask(() =>
		auditPage(db, actor, {
			municipalityId: municipality.id,
			asked: auditQuestion(url),
			page: Math.floor(page)
		})
	);
	const deeds = await deedsDone(db, municipality.id);
	const now = new Date();
	return {
		...found,
		entries: found.entries.map(({ at, who, actorId, deed, ...rest }) => ({
			...rest,
			at: at.toISOString(),
			when: dayAndTime(at, now, municipality.timezone),
			who: who || (actorId ? 'Somebody whose name was erased' : 'Somebody without an account'),
			deed: sayDeed(deed)
		})),
		deeds: deeds
			.map((code) => ({ code, words: sayDeed(code) }))
			.sort((a, b) => a.words.localeCompare(b.words)),
		asked: Object.fromEntries(
			['who', 'deed', 'thing', 'from', 'until'].map((name) => [
				name,
				url.searchParams.get(name) ?? ''
			])
		)
	};
}
