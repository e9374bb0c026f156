import { noticeVersion } from '#lib/identity/notice.ts';
import { retentionOf } from '#lib/identity/server/index.ts';

export const load = async ({ locals: { db, municipality } }) => ({
	version: noticeVersion,
	rules: await retentionOf(db, municipality.id),
	contact: municipality.contact
});
