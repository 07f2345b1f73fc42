/**
 * Words that guessers try first, alone and strung together: what the commonest passwords of every published list are made
 * of, the months and days, and what lies near for a studio of this craft. Lower case, no digits: years and rows of
 * digits are told by their shape.
 */
export const GUESSABLE_WORDS: readonly string[] = `
  password passwort passwd pass welcome willkommen letmein login admin administrator master secret changeme default
  guest user root test temp access private hello hallo whatever trustno iloveyou loveyou lovely love forever
  freedom blessed jesus christ angel princess queen prince sunshine summer winter spring autumn flower shadow
  dragon monkey tiger eagle falcon panther mustang ferrari porsche mercedes harley yamaha corvette football
  fussball baseball basketball hockey soccer liverpool arsenal chelsea barcelona schalke dortmund yankees lakers
  superman batman spiderman pokemon naruto starwars matrix killer hunter ranger soldier samsung google facebook
  computer internet michael jordan daniel thomas andrew robert jessica jennifer ashley michelle nicole charlie
  george maggie ginger pepper cookie banana chocolate cheese money number lucky family mother diamond silver purple
  orange january february march april june july august september october november december monday tuesday wednesday
  thursday friday saturday sunday stipple studio scalp pigment smp hair tattoo beauty clinic salon barber
`
  .trim()
  .split(/\s+/);
