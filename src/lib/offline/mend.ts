import type { Waiting } from './later.ts';

/**
 * Posts a refused form again as the person would: the server answers with the form itself, everything
 * filled in and the mistakes marked, and with its own page when meanwhile nothing is wrong.
 */
export function mend({ action, fields }: Pick<Waiting, 'action' | 'fields'>) {
	const form = document.createElement('form');
	[form.method, form.action, form.enctype, form.hidden] = [
		'post',
		action,
		'multipart/form-data',
		true
	];
	const photos = new Map<string, DataTransfer>();
	for (const [name, value] of fields)
		if (typeof value === 'string') form.append(textField(name, value));
		else {
			const held = photos.get(name) ?? new DataTransfer();
			held.items.add(value);
			photos.set(name, held);
		}
	for (const [name, held] of photos) form.append(fileField(name, held));
	document.body.append(form);
	form.submit();
}

function textField(name: string, value: string) {
	const field = document.createElement('textarea');
	[field.name, field.value] = [name, value];
	return field;
}

function fileField(name: string, { files }: DataTransfer) {
	const field = document.createElement('input');
	[field.type, field.name, field.multiple] = ['file', name, true];
	field.files = files;
	return field;
}
