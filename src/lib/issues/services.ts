/** One answer of a list question. `stop` ends the form with that advice. */
export interface QuestionValue {
	key: string;
	name: string;
	stop?: string;
}
