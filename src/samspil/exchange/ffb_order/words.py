"""Danish words for the codes of the order message that are in none of our code lists.

Sources: kl-ffb-messaging 1.0.0 (its own code systems), KL Term 2.3.0 (CareSocialCodes), both CC0; the plain words
for FHIR's own statuses are ours.
"""

PURPOSE = "424827b1-23aa-4848-962b-56ee47def560"
GOAL = "0bb3daef-538d-45dc-b444-abdbcb63f6bc"
WISH = "416fe27d-3ccf-4390-8742-8b52a9d8dc78"
SUB_GOAL = "6746d4af-145a-4bfd-a672-05c0cf11b53b"
GOAL_TYPE = "90c48f03-f194-4b2f-ad7d-6cba1069ae48"
GOAL_LEVEL = "66959f77-6e2a-4574-8423-3ff097f8b9fa"
FOLLOW_UP = "9f03dfbb-7a97-45a5-94db-d4c3501714a9"
CPR_SYSTEM = "urn:oid:1.2.208.176.1.2"
ORDER_EVENT = "ffb-order"

EVALUATIONS = {
    "053a301d-1bb8-4cc4-b781-87825ecf0ef8": "Vurdering af borgerens situation",
    "effe55c7-572c-4a99-8fb4-2a9dda2f6572": "Vurdering af støttebehov",
    "f52887de-023f-4193-b6b0-4b0a37b1cffc": "Borgerens ressourcer",
    "3f7a8ca0-afca-4b0d-8773-a99b5f2f8aaf": "Borgerens perspektiv på indsatsen",
}
CATEGORIES = {
    "e459386d-1474-4c31-89c5-c8bc7a25e3d4": "Social indsats",
    FOLLOW_UP: "opfølgning",
    "829ac647-c7fc-4964-836b-f708d886e0e3": "oplysning",
}
ROLES = {
    "koordinerende-myndighed": "Koordinerer for myndighederne",
    "samarbejdende-myndighed": "Samarbejdende myndighed",
    "koordinerende-udfører": "Koordinerer for udførerne",
}
GUARDIANSHIPS = {
    "5": "personlige og/eller økonomiske forhold, værgemålslovens § 5",
    "6": "fratagelse af retlig handleevne, værgemålslovens § 6",
    "7": "samværgemål, værgemålslovens § 7",
}
RELATIONSHIPS = {
    "MTH": "mor",
    "FTH": "far",
    "SIS": "søster",
    "BRO": "bror",
    "SPS": "ægtefælle",
    "DOMPART": "samlever",
    "CHILD": "barn",
    "FRND": "ven",
    "GUARD": "værge",
    "N": "nærmeste pårørende",
    "advocate": "bisidder",
}
STATUSES = {
    "active": "gældende",
    "accepted": "godkendt",
    "proposed": "foreslået",
    "planned": "planlagt",
    "completed": "færdig",
    "final": "endelig",
    "current": "gældende",
    "order": "bestilt",
    "plan": "planlagt",
    "proposal": "foreslået",
    "not-started": "ikke begyndt",
    "in-progress": "i gang",
    "on-hold": "på pause",
    "cancelled": "aflyst",
    "revoked": "trukket tilbage",
    "inactive": "ikke længere gældende",
    "resolved": "løst",
    "draft": "kladde",
    "entered-in-error": "skrevet ved en fejl",
}
UNITS = {
    "d": ("om dagen", "dage"),
    "wk": ("om ugen", "uger"),
    "mo": ("om måneden", "måneder"),
    "a": ("om året", "år"),
}
CONSENT_SCOPES = {"patient-privacy": "deling af oplysninger", "IDSCL": "deling af oplysninger"}
CONSENT_POLICIES = {"persondataloven": "persondataloven, § 6-8"}
ENCOUNTER_CLASSES = {"HH": "hos borgeren", "VR": "på video", "AMB": "hos den, der følger op"}
CONTENT_TYPES = {"application/pdf": "PDF"}
RESOURCES = {
    "Patient": "borgeren",
    "RelatedPerson": "en pårørende",
    "Organization": "en organisation",
    "Practitioner": "en fagperson",
    "CarePlan": "indsatsen",
    "CareTeam": "dem, der er med",
    "Goal": "et mål",
    "Condition": "en tilstand",
    "ClinicalImpression": "udredningen",
    "Observation": "en vurdering",
    "Encounter": "et møde",
    "Consent": "et samtykke",
    "Account": "betalingen",
    "DocumentReference": "et dokument",
    "MessageHeader": "beskeden selv",
}
