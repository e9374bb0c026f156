import { days, later } from '#lib/platform/time.ts';

/** Where to tell us of a hole (RFC 9116). It expires, so it is written on each request. */
export function GET({ locals: { municipality }, url }) {
	const { email } = municipality.contact;
	const text = [
		`Contact: ${email ? `mailto:${email}` : `${url.origin}/contacts`}`,
		`Expires: ${later(new Date(), days(180)).toISOString()}`,
		`Preferred-Languages: ${municipality.languages.includes('en') ? 'en' : municipality.languages.join(', ')}`,
		`Canonical: ${url.origin}/.well-known/security.txt`,
		''
	].join('\n');
	return new Response(text, { headers: { 'content-type': 'text/plain; charset=utf-8' } });
}
