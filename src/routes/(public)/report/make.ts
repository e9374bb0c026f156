/** An element with its attributes and what is in it: texts stay texts. */
export function make<Name extends keyof HTMLElementTagNameMap>(
	name: Name,
	attributes: Record<string, string> = {},
	...content: Array<Node | string>
): HTMLElementTagNameMap[Name] {
	const element = document.createElement(name);
	for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
	element.append(...content);
	return element;
}

/** A button that sends nothing, with a picture of ours before its word where there is one. */
export function makeButton(words: string, icon = ''): HTMLButtonElement {
	const button = make('button', { class: 'btn line', type: 'button' });
	if (icon)
		button.innerHTML = `<svg class="i" viewBox="0 0 24 24" aria-hidden="true">${icon}</svg>`;
	button.append(words);
	return button;
}

/** Puts values into the `{holes}` of a sentence that was spoken elsewhere. */
export const fill = (sentence: string, values: Record<string, string | number>) =>
	sentence.replace(/\{(\w+)\}/g, (hole, name) => String(values[name] ?? hole));
