import { posterFor, sealedVersion } from '#lib/alerts/server/index.ts';
import { spokenNow } from '#lib/i18n/index.ts';
import { ask } from '#lib/web/attempt.ts';
import { file } from '#lib/web/tagged.ts';

/** The newest version on one A4 page, with the code that proves it: in the reader's language, or `?l=zu`. */
export const GET = ({ locals: { db, municipality }, params, url, request }) =>
	ask(async () => {
		const version = await sealedVersion(db, municipality.id, params.number);
		const asked = url.searchParams.get('l');
		const poster = await posterFor(db, version, asked ?? spokenNow(), asked !== null);
		const { number, version: nth } = version.alert;
		const name = `${number}-${nth}-${poster.language}.pdf`;
		return file({ ...poster, name, digest: poster.digest }, request);
	});
