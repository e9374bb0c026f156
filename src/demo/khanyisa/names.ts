/** Names as they are common in five languages of the country. Nobody is meant. */
// prettier-ignore
export const namesOf = {
	zulu: {
		female: ['Nomvula', 'Thandiwe', 'Zanele', 'Nokuthula', 'Sibongile', 'Ntombi', 'Lindiwe', 'Busisiwe', 'Thembi', 'Nonhlanhla', 'Hlengiwe', 'Zodwa', 'Phumzile', 'Gugu', 'Nompumelelo', 'Sindisiwe', 'Duduzile', 'Khanyisile', 'Nobuhle', 'Xolile'],
		male: ['Sipho', 'Themba', 'Bongani', 'Mandla', 'Sibusiso', 'Nkosinathi', 'Thulani', 'Siyabonga', 'Jabulani', 'Mthokozisi', 'Vusi', 'Bhekizizwe', 'Sanele', 'Lwazi', 'Musa', 'Zweli', 'Njabulo', 'Sifiso', 'Phakamani', 'Mxolisi'],
		surnames: ['Dlamini', 'Nkosi', 'Khumalo', 'Mthembu', 'Zulu', 'Ndlovu', 'Mkhize', 'Sithole', 'Cele', 'Buthelezi', 'Hlongwane', 'Ngcobo', 'Nxumalo', 'Shabalala', 'Mthethwa', 'Gumede', 'Zungu', 'Mbatha', 'Ntuli', 'Bhengu', 'Majola', 'Radebe', 'Zwane', 'Khoza', 'Mhlongo']
	},
	xhosa: {
		female: ['Nomsa', 'Nosipho', 'Noluthando', 'Zoleka', 'Nomfundo', 'Ntombizodwa', 'Lumka', 'Nokwanda', 'Xoliswa', 'Babalwa', 'Siphokazi', 'Thandeka', 'Nontsikelelo', 'Vuyokazi', 'Yonela'],
		male: ['Luthando', 'Mzwandile', 'Xolani', 'Vuyo', 'Thembinkosi', 'Sizwe', 'Lubabalo', 'Mncedisi', 'Ayanda', 'Phumlani', 'Zolani', 'Sandile', 'Andile', 'Monde', 'Mthunzi'],
		surnames: ['Jola', 'Ntshona', 'Gqola', 'Mpondo', 'Sigwili', 'Qwabe', 'Nqaba', 'Mfenyana', 'Xaba', 'Mgijima', 'Ngxola', 'Tshabalala', 'Makhubo', 'Jordaan', 'Dyantyi', 'Nkwinti', 'Mdlalose', 'Gcaleka', 'Matshoba', 'Bhele']
	},
	sotho: {
		female: ['Lerato', 'Palesa', 'Dineo', 'Mpho', 'Refilwe', 'Boitumelo', 'Keabetswe', 'Nthabiseng', 'Puleng', 'Tshepiso', 'Masechaba', 'Limpho', 'Kelebogile', 'Moliehi', 'Relebohile'],
		male: ['Thabo', 'Tshepo', 'Kagiso', 'Teboho', 'Lebohang', 'Katleho', 'Tumelo', 'Neo', 'Retshedisitswe', 'Mohau', 'Pule', 'Sello', 'Moeketsi', 'Tlotliso', 'Hlompho'],
		surnames: ['Mokoena', 'Molefe', 'Motaung', 'Mofokeng', 'Tlhapi', 'Moloi', 'Phiri', 'Letsie', 'Ramaphakela', 'Sekhonyana', 'Tau', 'Mokone', 'Ntsane', 'Kgosana', 'Mahlangu', 'Tladi', 'Makhetha', 'Leballo', 'Masilo', 'Thipe']
	},
	afrikaans: {
		female: ['Marietjie', 'Annelise', 'Hester', 'Elmarie', 'Sanet', 'Magdalena', 'Ragel', 'Katriena', 'Lizette', 'Wilhelmina', 'Sophia', 'Chanel', 'Yolandi', 'Dorothea', 'Anneke'],
		male: ['Pieter', 'Johannes', 'Gert', 'Frikkie', 'Hendrik', 'Jakobus', 'Willem', 'Deon', 'Schalk', 'Danie', 'Christoffel', 'Marthinus', 'Barend', 'Stefanus', 'Francois'],
		surnames: ['van der Merwe', 'Botha', 'Pieterse', 'Visagie', 'Schoeman', 'Jacobs', 'Swarts', 'Oosthuizen', 'van Wyk', 'Cupido', 'Arendse', 'Fortuin', 'Wessels', 'Kleinhans', 'Pretorius', 'Coetzee', 'Smit', 'Booysen', 'Vermeulen', 'Groenewald']
	},
	english: {
		female: ['Grace', 'Catherine', 'Margaret', 'Elizabeth', 'Patricia', 'Sharon', 'Bronwyn', 'Felicity', 'Denise', 'Cheryl', 'Priscilla', 'Yvonne', 'Charmaine', 'Beverley', 'Roslyn'],
		male: ['Stephen', 'Michael', 'Joseph', 'Christopher', 'Gregory', 'Anthony', 'Ronald', 'Clive', 'Desmond', 'Trevor', 'Winston', 'Raymond', 'Geoffrey', 'Phillip', 'Keith'],
		surnames: ['Adams', 'Williams', 'Daniels', 'Petersen', 'Abrahams', 'Philander', 'Hendricks', 'Solomons', 'Matthews', 'Davids', 'Johnson', 'Samuels', 'Fredericks', 'September', 'Isaacs', 'Thompson', 'Walters', 'Naidoo', 'Pillay', 'Govender']
	}
} as const;

export type NameLanguage = keyof typeof namesOf;
export const nameLanguages = Object.keys(namesOf) as NameLanguage[];
