// What both clients share: the world's clock, its keys, and how an outcome is
// told. A line is "NAME<TAB>VALUE"; check.sh holds it to judge.py.
const [url, now, key, secret, passphrase] = process.argv.slice(2);

// Requests are signed with the time of the machine: here it is the world's.
Date.now = () => Date.parse(now);

// Numbers as the shortest decimal, so that "57817.10" and 57817.1 are one.
const plain = (x) => typeof x === 'string' && x !== '' && isFinite(x) ? Number(x) : x;

async function tell(cases) {
    for (const [name, ask] of Object.entries(cases)) {
        let value;
        try {
            value = await ask();
        } catch (e) {
            value = 'error ' + e.constructor.name + ' ' + String(e.message).replace(/\s+/g, ' ');
        }
        console.log(name + '\t' + JSON.stringify(value));
    }
}

const keys = { key, secret, passphrase };
const wrong = {
    secret: { ...keys, secret: secret.replace(/^./, 'x') },
    passphrase: { ...keys, passphrase: passphrase + 'x' },
    key: { ...keys, key: key.replace(/^./, 'f') },
};
module.exports = { url, keys, wrong, plain, tell };
