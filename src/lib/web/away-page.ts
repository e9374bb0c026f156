const escape = (text: string) => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** What is a secret stays in nobody's page: it is typed again. */
const isSecret = (name: string) =>
	// What names a photo that was sent already is no secret of the person's.
	name !== 'photo_token' &&
	/passw|passphrase|secret|sealed|token|receipt|recovery|totp|otp|pin$|^code$/i.test(name);

const hold = ([name, value]: [string, string]) =>
	isSecret(name)
		? `<p><label>Type this again: ${escape(name)}<br><input type="password" name="${escape(name)}" autocomplete="off"></label></p>`
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
				)}<p>What you wrote is still here.${files ? ' Photos have to be chosen again.' : ''}</p><p><button>Send it again</button></p></form>`
		: `<p><a href="${escape(url.pathname + url.search)}">Try again</a></p>`;

	return new Response(
		`<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>We are away for a moment</title><body style="font:17px/1.55 system-ui,sans-serif;max-width:36em;margin:3rem auto;padding:0 1rem"><h1>We are away for a moment</h1><p>The municipality's records cannot be reached just now. Nothing you sent before is lost. Wait a minute, then try again.</p>${again}<p>In danger? Call <a href="tel:112">112</a>.</p></body></html>`,
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
