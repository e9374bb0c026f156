const holes = /\{[zxy]\}/g;

/** Why an address is none of map tiles, in a sentence for the operator; null when it is one. */
export function tileAddressFault(address: string): string | null {
	const own = address.startsWith('/') && !address.startsWith('//');
	if (!own && !address.startsWith('https://'))
		return 'must begin with https://, or with / for tiles of this very server';
	if (!['{z}', '{x}', '{y}'].every((hole) => address.includes(hole)))
		return 'must hold {z}, {x} and {y} where the numbers of a tile belong: https://tiles.example.org/{z}/{x}/{y}.png';
	const filled = address.replace(holes, '0');
	if (/[{}\s"'<>\\;,]/.test(filled))
		return 'may hold no braces but {z}, {x} and {y}, no spaces, quotes, commas or semicolons';
	if (/\.(mvt|pbf)\b/i.test(filled))
		return 'must lead to pictures (png, jpeg, webp); vector tiles are read from a .pmtiles file, see TILES_FILE';
	if (own) return null;
	if (!URL.canParse(filled)) return 'is no address';
	const { username, password, origin } = new URL(filled);
	if (username || password)
		return 'may hold no name and password: everybody who looks would get them';
	if (!address.startsWith(`${origin}/`)) return 'must name its server in full, without holes in it';
	return null;
}
