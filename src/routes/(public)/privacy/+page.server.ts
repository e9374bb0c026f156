import { noticeVersion } from '#lib/identity/notice.ts';
import { retentionOf } from '#lib/identity/server/index.ts';
import { readConfig } from '#lib/platform/server/config.ts';

export const load = async ({ locals: { db, municipality } }) => ({
	version: noticeVersion,
	rules: await retentionOf(db, municipality.id),
	signInDays: readConfig().KEEP_SIGN_INS_DAYS,
	contact: municipality.contact
});
