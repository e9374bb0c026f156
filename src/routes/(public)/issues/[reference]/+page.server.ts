import { commitmentsForIssue } from '#lib/commitments/server/index.ts';
import { mapOf } from '#lib/geography/server/index.ts';
import {
	addNote,
	answerClaim,
	followIssue,
	receiptIndexOf,
	setNameShown,
	support,
	takeHigher,
	unfollowIssue,
	withdrawSupport
} from '#lib/issues/server/index.ts';
import { custodyOf } from '#lib/referral/server/index.ts';
import { receiptGroups } from '#lib/issues/reference.ts';
import { newId } from '#lib/platform/ids.ts';
import { Refusal } from '#lib/platform/refusal.ts';
import { askerOf } from '#lib/web/asker.ts';
import { attempt } from '#lib/web/attempt.ts';
import { deedOf } from '#lib/web/deed.ts';
import { takeFreshReceipt } from '#lib/web/device.ts';
import { stagePhotos } from '../../report/stage-photos.ts';
import { issueAt, keepToCanonical, referenceIn } from '#lib/web/issue-at.ts';

export async function load(event) {
	const { locals, params, url, setHeaders } = event;
	const issue = await issueAt(locals, keepToCanonical(params, url));
	const { db, municipality } = locals;
	const promises = await commitmentsForIssue(db, municipality.id, issue.id);
	const drawing = issue.point
		? await mapOf(db, municipality.id, { ward: issue.wardCode, around: [issue.point] })
		: null;
	const fresh = issue.part === 'reporter' ? takeFreshReceipt(event) : null;
	const receipt =
		fresh && receiptIndexOf(fresh) === issue.receiptIndex ? receiptGroups(fresh) : null;
	// A page that shows a receipt is neither kept nor compressed (BREACH).
	if (receipt) setHeaders({ 'cache-control': 'private, no-store, no-transform' });
	return {
		issue: { ...issue, receiptIndex: null },
		promises,
		drawing,
		custody: await custodyOf(db, { id: issue.caseId, municipalityId: municipality.id }, new Date()),
		receipt,
		deed: newId(),
		address: url.origin + url.pathname,
		told: url.searchParams.has('told')
	};
}

const text = (form: FormData, name: string) => String(form.get(name) ?? '');

type Deed = (
	locals: App.Locals,
	facts: { municipalityId: string; reference: string; deedId: string },
	form: FormData
) => Promise<unknown>;

/** One deed on this issue, and back to its page. */
const deed =
	(act: Deed, after = '') =>
	async ({
		locals,
		params,
		request
	}: {
		locals: App.Locals;
		params: { reference: string };
		request: Request;
	}) => {
		const form = await request.formData();
		const reference = referenceIn(params);
		const facts = { municipalityId: locals.municipality.id, reference, deedId: deedOf(form) };
		return attempt(form, () => act(locals, facts, form), `/issues/${reference}${after}`);
	};

/** Photos of a note, cleaned and kept; only the reporter's are read at all. */
async function stagedFor(locals: App.Locals, reference: string, form: FormData) {
	const files = form.getAll('photo').filter((each) => each instanceof File && each.size > 0);
	if (!files.length || (await issueAt(locals, reference)).part !== 'reporter') return [];
	const { held, problems } = await stagePhotos(
		locals.db,
		locals.municipality.id,
		[],
		files as File[]
	);
	if (problems.length) throw new Refusal(400, problems[0].message, 'photo');
	return held.map(({ id }) => id);
}

export const actions = {
	higher: deed((locals, facts, form) =>
		takeHigher(locals.db, askerOf(locals), { ...facts, words: text(form, 'why') })
	),
	answer: deed((locals, facts, form) =>
		answerClaim(locals.db, askerOf(locals), {
			...facts,
			fixed: text(form, 'fixed') === 'yes',
			claimEventId: text(form, 'claim') || undefined
		})
	),
	support: deed((locals, facts, form) =>
		support(locals.db, askerOf(locals), { ...facts, address: text(form, 'address') })
	),
	unsupport: deed((locals, facts) => withdrawSupport(locals.db, askerOf(locals), facts)),
	follow: deed(
		(locals, facts, form) =>
			followIssue(locals.db, askerOf(locals), { ...facts, contact: text(form, 'contact') }),
		'?told'
	),
	unfollow: deed((locals, facts) => unfollowIssue(locals.db, askerOf(locals), facts)),
	note: deed(async (locals, facts, form) =>
		addNote(locals.db, askerOf(locals), {
			...facts,
			words: text(form, 'words'),
			toAll: text(form, 'for') === 'all',
			photoIds: await stagedFor(locals, facts.reference, form)
		})
	),
	name: deed((locals, facts, form) =>
		setNameShown(locals.db, askerOf(locals), { ...facts, shown: text(form, 'shown') === 'yes' })
	)
};
