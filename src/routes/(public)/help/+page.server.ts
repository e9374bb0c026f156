export const load = ({ locals: { municipality } }) => ({
	emergencyNumbers: municipality.emergencyNumbers,
	contact: municipality.contact
});
