/* The streaming yearly model in C: the same draws, the same arithmetic, the same blocks, so that every count is equal
   bit for bit. Turnover, onset thresholds and the threshold count; no susceptibility, retirement, moves or injuries. */
#include <math.h>
#include <stdint.h>
#include <string.h>

enum { BLOCK = 1024, WIDTH = BLOCK + 40, YEARS = 102 };
enum { LEAVERS, CASES, ABOVE, RISK, COLUMNS };

static const double GONE = -1e300; /* risk, in the pass over a block, of whoever leaves within the year */

typedef struct {
    double limit, initial, mean_stay, noise;
    uint64_t key_0, key_1, replication, subject;
    int64_t years, segments;
    const double *breaks, *exposure, *rates, *ends;
} Model;

static uint32_t index_of[WIDTH], leaver[WIDTH], leaver_index[WIDTH], words[4][WIDTH], noise[4][WIDTH];
static uint32_t due[YEARS][WIDTH];
static int64_t waiting[YEARS];
static double carried[WIDTH], onset[WIDTH], leave[WIDTH], stay[WIDTH];
static double old_carried[WIDTH], old_onset[WIDTH], pace[WIDTH], since[WIDTH], end[WIDTH], after[WIDTH];

static inline double uniform(uint32_t word) { return ((double)word + 0.5) * 0x1p-32; }

static inline double exponential(uint32_t word) {
    double value = (double)word + 0.5;
    int64_t bits;
    memcpy(&bits, &value, 8);
    int64_t fraction_bits = (bits & 0x000FFFFFFFFFFFFF) | 0x3FF0000000000000;
    double mantissa, exponent = (double)((bits >> 52) - 1023) - 32.0;
    memcpy(&mantissa, &fraction_bits, 8);
    int large = mantissa > 1.4142135623730951;
    double f = (large ? 0.5 * mantissa : mantissa) - 1.0;
    exponent = large ? exponent + 1.0 : exponent;
    double s = f / (2.0 + f), z = s * s;
    double r = 2.222219843214978396e-01 +
               z * (1.818357216161805012e-01 + z * (1.531383769920937332e-01 + z * 1.479819860511658591e-01));
    r = 6.666666666666735130e-01 + z * (3.999999999940941908e-01 + z * (2.857142874366239149e-01 + z * r));
    return -(exponent * 6.93147180369123816490e-01 + (s * (2.0 + z * r) + exponent * 1.90821492927058770002e-10));
}

static void fill(const Model *m, const uint32_t *workers, const uint32_t *index, int64_t n, uint64_t purpose,
                 uint32_t out[4][WIDTH]) {
    for (int64_t i = 0; i < n; i++) {
        uint64_t c0 = workers[i], c1 = m->replication, c2 = m->subject, c3 = (uint64_t)index[i] * 256 + purpose;
        uint64_t k0 = m->key_0, k1 = m->key_1;
        for (int round = 0; round < 10; round++) {
            uint64_t p0 = 0xD2511F53u * (c0 & 0xFFFFFFFFu), p1 = 0xCD9E8D57u * (c2 & 0xFFFFFFFFu);
            c0 = (p1 >> 32) ^ c1 ^ k0, c1 = p1 & 0xFFFFFFFFu, c2 = (p0 >> 32) ^ c3 ^ k1, c3 = p0 & 0xFFFFFFFFu;
            k0 = (k0 + 0x9E3779B9u) & 0xFFFFFFFFu, k1 = (k1 + 0xBB67AE85u) & 0xFFFFFFFFu;
        }
        out[0][i] = (uint32_t)c0, out[1][i] = (uint32_t)c1, out[2][i] = (uint32_t)c2, out[3][i] = (uint32_t)c3;
    }
}

static inline void note(uint32_t i, double when, int64_t years) {
    double last = (double)(years + 1), capped = when < last ? when : last;
    int64_t column = (int64_t)ceil(capped);
    column = column < 1 ? 1 : column;
    due[column][waiting[column]++] = i;
}

static inline double factor(const Model *m, uint32_t word) {
    return ((1.0 - m->noise) + m->noise * 0x1p-32) + (2.0 * m->noise * 0x1p-32) * (double)word;
}

static int64_t replace(const Model *m, int64_t column, int64_t ending, uint32_t begin, int64_t *ill,
                       int64_t *counts) {
    double exposure = m->ends[column];
    int64_t k = 0, ended = 0, again = 0;
    while (k + 1 < m->segments && m->breaks[k + 1] <= (double)(column - 1)) k++;
    for (int64_t j = 0; j < ending; j++) after[j] = m->exposure[k] + m->rates[k] * (end[j] - m->breaks[k]);
    for (k++; k < m->segments && m->breaks[k] < (double)column; k++)
        for (int64_t j = 0; j < ending; j++)
            after[j] = end[j] >= m->breaks[k] ? m->exposure[k] + m->rates[k] * (end[j] - m->breaks[k]) : after[j];
    for (int64_t j = 0; j < ending; j++) {
        double reached = old_carried[j] + pace[j] * (after[j] - since[j]);
        ended += (old_onset[j] <= old_carried[j]) | (old_onset[j] <= reached);
    }
    counts[CASES] += ended, counts[LEAVERS] += ending;
    for (int64_t j = 0; j < ending; j++) {
        uint32_t i = due[column][j];
        leaver[j] = begin + i;
        leaver_index[j] = ++index_of[i];
    }
    int64_t padded = (ending + 15) / 16 * 16;
    fill(m, leaver, leaver_index, padded, 0, words);
    for (int64_t j = 0; j < padded; j++) stay[j] = m->mean_stay * exponential(words[2][j]);
    int64_t above = 0, risk = 0;
    for (int64_t j = 0; j < ending; j++) {
        uint32_t i = due[column][j];
        double f = factor(m, words[3][j]), u = uniform(words[1][j]), when = end[j] + stay[j];
        double reached = f * (exposure - after[j]);
        leave[i] = when, carried[i] = reached, onset[i] = u;
        if (when <= (double)column) {
            due[column][again] = i;
            old_carried[again] = 0.0, old_onset[again] = u, pace[again] = f, since[again] = after[j], end[again] = when;
            again++;
        } else {
            note(i, when, m->years);
            above += reached >= m->limit;
            *ill += u <= reached;
            risk += (int64_t)rint((reached < 1.0 ? reached : 1.0) * 0x1p32);
        }
    }
    counts[ABOVE] += above, counts[RISK] += risk;
    return again;
}

static void carry_block(const Model *m, uint32_t begin, int64_t size, int64_t *counts) {
    static uint32_t workers[WIDTH], index[WIDTH];
    memset(waiting, 0, sizeof waiting);
    for (int64_t i = 0; i < size; i++) workers[i] = begin + (uint32_t)i, index_of[i] = 0;
    fill(m, workers, index_of, size, 0, words);
    for (int64_t i = 0; i < size; i++) {
        leave[i] = m->mean_stay * exponential(words[2][i]);
        carried[i] = m->initial;
        onset[i] = carried[i] + (1.0 - carried[i]) * uniform(words[1][i]);
    }
    int64_t ill = 0;
    for (int64_t i = 0; i < size; i++) ill += onset[i] <= carried[i];
    for (int64_t i = 0; i < size; i++) note((uint32_t)i, leave[i], m->years);
    for (int64_t year = 0; year < m->years; year++) {
        int64_t *now = counts + (year + 1) * COLUMNS, above = 0, reach = 0, risk = 0, ending = waiting[year + 1];
        double dose = m->ends[year + 1] - m->ends[year];
        const uint32_t *row = noise[year % 4];
        if (year % 4 == 0) {
            for (int64_t i = 0; i < size; i++) index[i] = (uint32_t)(year / 4);
            fill(m, workers, index, size, 2, noise);
        }
        for (int64_t j = 0; j < ending; j++) {
            uint32_t i = due[year + 1][j];
            old_carried[j] = carried[i], old_onset[j] = onset[i], end[j] = leave[i];
            pace[j] = factor(m, row[i]), since[j] = m->ends[year], carried[i] = GONE;
        }
        double least = dose * ((1.0 - m->noise) + m->noise * 0x1p-32), unit = dose * (2.0 * m->noise * 0x1p-32);
        for (int64_t i = 0; i < size; i++) {
            double reached = carried[i] + (least + unit * (double)row[i]);
            double floored = reached > 0.0 ? reached : 0.0, capped = floored < 1.0 ? floored : 1.0;
            carried[i] = reached;
            above += reached >= m->limit;
            reach += onset[i] <= reached;
            risk += (int64_t)rint(capped * 0x1p32);
        }
        now[CASES] -= ill, now[ABOVE] += above, now[RISK] += risk;
        ill = reach;
        while (ending > 0) ending = replace(m, year + 1, ending, begin, &ill, now);
        now[CASES] += ill;
    }
}

void carry(const Model *m, int64_t workers, int64_t *counts) {
    for (int64_t begin = 0; begin < workers; begin += BLOCK)
        carry_block(m, (uint32_t)begin, workers - begin < BLOCK ? workers - begin : BLOCK, counts);
}
