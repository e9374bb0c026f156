import { m } from '../i18n/index.ts';
import { barePage, escape } from './refused-page.ts';

/** What is a secret stays in nobody's page: it is typed again. */
const isSecret = (name: string) =>
	// What names a photo that was sent already is no secret of the person's.
	name !== 'photo_token' &&
	/passw|passphrase|secret|sealed|token|receipt|recovery|totp|otp|pin$|^code$/i.test(name);

const hold = ([name, value]: [string, string]) =>
	isSecret(name)
		? `<p><label>${escape(m.about_away_again({ name }))}<br><input type="password" name="${escape(name)}" autocomplete="off"></label></p>`
		: `<textarea name="${escape(name)}" hidden>\n${escape(value)}</textarea>`;

/**
 * The page for a minute without the database. It needs nothing but itself, and carries what the
 * person typed, without secrets, so that one tap sends it again.
 */
export async function awayPage(url: URL, kept: Request | null): Promise<Response> {
	const sent = kept ? [...(await kept.formData().catch(() => new FormData()))] : [];
	const fields = sent.filter((pair): pair is [string, string] => typeof pair[1] === 'string');
	const files = sent.some(([, value]) => typeof value !== 'string' && value.size > 0);
	const again = fields.length
		? `<form method="post" action="${escape(url.pathname + url.search)}">${fields
				.map(hold)
				.join(
					''
				)}<p>${m.about_away_kept()}${files ? ` ${m.about_away_photos()}` : ''}</p><p><button>${m.about_away_send()}</button></p></form>`
		: `<p><a href="${escape(url.pathname + url.search)}">${m.about_try_again()}</a></p>`;

	return new Response(barePage(m.about_away(), `<p>${m.about_away_what()}</p>${again}`), {
		status: 503,
		headers: {
			'content-type': 'text/html; charset=utf-8',
			'retry-after': '60',
			'cache-control': 'no-store'
		}
	});
}
