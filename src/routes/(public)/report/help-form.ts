/** What the page needs to know to help while somebody fills it in. */
export interface Help {
	/** Nothing was sent yet: an earlier draft may be put back. */
	fresh: boolean;
	municipality: string;
}

/** With JavaScript the form becomes quicker, never different: each helper works alone. */
export const helpForm = (help: Help) => (form: HTMLFormElement) => {
	void help;
	void form;
};
