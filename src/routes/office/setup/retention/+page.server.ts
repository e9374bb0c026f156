import * as v from 'valibot';
import { retentionClasses, type RetentionCode } from '#lib/identity/retention.ts';
import { decideRetention, retentionOf, type Retention } from '#lib/identity/server/index.ts';
import { retentionDue } from '#lib/issues/server/index.ts';
import { readConfig } from '#lib/platform/server/config.ts';
import { wholeNumber } from '#lib/platform/fields.ts';
import { mustReach } from '#lib/web/must-reach.ts';
import { submit } from '#lib/web/submit.ts';

export async function load({ locals, url }) {
	mustReach(locals, 'retention.manage');
	const { db, municipality } = locals;
	const rules = await retentionOf(db, municipality.id);
	return {
		rules,
		due: await retentionDue(db, municipality.id, rules),
		signInDays: readConfig().KEEP_SIGN_INS_DAYS,
		saved: url.searchParams.has('saved')
	};
}

const entry = <T>(read: (of: (typeof retentionClasses)[number]) => T) =>
	Object.fromEntries(retentionClasses.map((each) => [each.code, read(each)])) as Record<
		RetentionCode,
		T
	>;

const form = v.object({
	...entry(({ name, least, most }) => wholeNumber(name, least, most)),
	...(Object.fromEntries(
		retentionClasses.map(({ code, name }) => [`seen-${code}`, wholeNumber(name, 0, 999)])
	) as Record<`seen-${RetentionCode}`, ReturnType<typeof wholeNumber>>)
});

export const actions = {
	default: ({ request, locals: { db, actor, municipality } }) =>
		submit(
			request,
			form,
			(fields) =>
				decideRetention(db, actor, {
					municipalityId: municipality.id,
					rules: entry(({ code }) => fields[code]) satisfies Retention,
					seen: entry(({ code }) => fields[`seen-${code}`]) satisfies Retention
				}),
			'/office/setup/retention?saved'
		)
};
