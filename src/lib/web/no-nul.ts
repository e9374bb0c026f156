/** Whether an address names the sign NUL, which no text in the database can hold. */
export const hasNul = ({ href }: URL) => /%00/.test(href);

/** A form read from here on has no NUL in any text or name: whatever else was typed is kept. */
export function dropNulOfForm(request: Request) {
	const read = request.formData.bind(request);
	request.formData = async () => {
		const clean = new FormData();
		for (const [name, value] of await read())
			if (typeof value === 'string') clean.append(plain(name), plain(value));
			else clean.append(plain(name), value, value.name);
		return clean;
	};
}

const plain = (text: string) => text.replaceAll('\0', '');
