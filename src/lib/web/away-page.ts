import { m, spokenNow, tagOf } from '../i18n/index.ts';

const escape = (text: string) => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** What is a secret stays in nobody's page: it is typed again. */
const isSecret = (name: string) =>
	// What names a photo that was sent already is no secret of the person's.
	name !== 'photo_token' &&
	/passw|passphrase|secret|sealed|token|receipt|recovery|totp|otp|pin$|^code$/i.test(name);

const hold = ([name, value]: [string, string]) =>
	isSecret(name)
		? `<p><label>${escape(m.about_away_again({ name }))}<br><input type="password" name="${escape(name)}" autocomplete="off"></label></p>`
		: `<textarea name="${escape(name)}" hidden>\n${escape(value)}</textarea>`;

const dangerLine = () => m.about_danger().replace('[112]', '<a href="tel:112">112</a>');

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

	return new Response(
		`<!doctype html><html lang="${tagOf(spokenNow())}"><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${m.about_away()}</title><body style="font:17px/1.55 system-ui,sans-serif;max-width:36em;margin:3rem auto;padding:0 1rem"><h1>${m.about_away()}</h1><p>${m.about_away_what()}</p>${again}<p>${dangerLine()}</p></body></html>`,
		{
			status: 503,
			headers: {
				'content-type': 'text/html; charset=utf-8',
				'retry-after': '60',
				'cache-control': 'no-store'
			}
		}
	);
}
