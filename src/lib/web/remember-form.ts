/**
 * A form that is read twice is the same form: what a page read can be shown again when the database
 * went away meanwhile. Reading a copy instead would hold photos in memory twice, and an unread copy
 * closes the browser's connection when it is thrown away.
 */
export function rememberForm(request: Request) {
	const read = request.formData.bind(request);
	let form: Promise<FormData> | undefined;
	request.formData = () => (form ??= read());
}
