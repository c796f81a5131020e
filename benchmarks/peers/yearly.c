/* The streaming yearly model in C: the same draws, the same arithmetic, the same blocks, so that every count is equal
   bit for bit. Turnover, onset thresholds and the threshold count; no susceptibility, retirement, moves or injuries. */
#include <math.h>
#include <stdint.h>
#include <string.h>

enum { BLOCK = 1024, WIDTH = BLOCK + 40, BEYOND = 8, YEARS = 101 + BEYOND, LANES = 16 };
enum { LEAVERS, CASES, ABOVE, RISK, COLUMNS };

static const double GONE = -INFINITY; /* risk, in the pass over a block, of whoever leaves within the year */

typedef struct {
    double limit, initial, mean_stay, noise;
    uint64_t key_0, key_1, replication, subject;
    int64_t years, segments;
    const double *breaks, *exposure, *rates, *ends;
} Model;

static uint32_t leaver[WIDTH], leaver_index[WIDTH], column_of[WIDTH], last_noise[WIDTH], words[4][WIDTH], noise[4][WIDTH];
static uint64_t due[YEARS][WIDTH]; /* position within the block, and above it the number of the life */
static uint32_t waiting[YEARS];
static double leave[YEARS][WIDTH], carried[WIDTH], onset[WIDTH], stay[WIDTH];
static double old_carried[WIDTH], old_onset[WIDTH], pace[WIDTH], since[WIDTH], end[WIDTH], after[WIDTH];

static inline int64_t padded(int64_t n) { return (n + LANES - 1) / LANES * LANES; }

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

static inline uint32_t year_of(double when, int64_t years, int64_t place) {
    double last = (double)(years + 1 + place % BEYOND);
    return (uint32_t)ceil(when < last ? when : last);
}

static inline void list(uint32_t column, uint32_t i, uint32_t life, double when) {
    uint32_t place = waiting[column];
    due[column][place] = i | (uint64_t)life << 32, leave[column][place] = when;
    waiting[column] = place + 1;
}

static inline double factor(const Model *m, uint32_t word) {
    return ((1.0 - m->noise) + m->noise * 0x1p-32) + (2.0 * m->noise * 0x1p-32) * (double)word;
}

static inline int64_t units(double risk) { return (int64_t)rint((risk < 1.0 ? risk : 1.0) * 0x1p32); }

static void end_lives(const Model *m, int64_t column, int64_t ending, int64_t *counts) {
    int64_t k = 0, ill = 0;
    while (k + 1 < m->segments && m->breaks[k + 1] <= (double)(column - 1)) k++;
    for (int64_t j = 0; j < padded(ending); j++) after[j] = m->exposure[k] + m->rates[k] * (end[j] - m->breaks[k]);
    for (k++; k < m->segments && m->breaks[k] < (double)column; k++)
        for (int64_t j = 0; j < padded(ending); j++)
            after[j] = end[j] >= m->breaks[k] ? m->exposure[k] + m->rates[k] * (end[j] - m->breaks[k]) : after[j];
    for (int64_t j = 0; j < padded(ending); j++) {
        double reached = old_carried[j] + pace[j] * (after[j] - since[j]);
        ill += (j < ending) & ((old_onset[j] <= old_carried[j]) | (old_onset[j] <= reached));
    }
    counts[CASES] += ill, counts[LEAVERS] += ending;
}

static int64_t begin_lives(const Model *m, int64_t column, int64_t ending, int64_t *counts) {
    int64_t above = 0, risk = 0, ill = 0;
    double exposure = m->ends[column];
    fill(m, leaver, leaver_index, padded(ending), 0, words);
    for (int64_t j = 0; j < padded(ending); j++) stay[j] = m->mean_stay * exponential(words[2][j]);
    for (int64_t j = 0; j < padded(ending); j++) {
        double when = end[j] + stay[j];
        pace[j] = factor(m, words[3][j]), old_onset[j] = uniform(words[1][j]), end[j] = when;
        old_carried[j] = pace[j] * (exposure - after[j]);
        column_of[j] = year_of(when, m->years, j);
        int stays = (when > (double)column) & (j < ending);
        above += stays & (old_carried[j] >= m->limit);
        ill += stays & (old_onset[j] <= old_carried[j]);
        risk += stays ? units(old_carried[j]) : 0;
    }
    counts[ABOVE] += above, counts[RISK] += risk;
    return ill;
}

static int64_t join(int64_t column, int64_t ending) {
    int64_t again = 0;
    for (int64_t j = 0; j < ending; j++) {
        uint32_t i = (uint32_t)due[column][j], year = column_of[j];
        onset[i] = old_onset[j], carried[i] = old_carried[j];
        if (year > column) {
            list(year, i, leaver_index[j], end[j]);
        } else {
            leaver[again] = leaver[j], leaver_index[again] = leaver_index[j] + 1, due[column][again] = i;
            old_onset[again] = old_onset[j], pace[again] = pace[j], since[again] = after[j], end[again] = end[j];
            old_carried[again] = 0.0;
            again++;
        }
    }
    return again;
}

static void release(const Model *m, int64_t column, int64_t ending, uint32_t begin, const uint32_t *row) {
    for (int64_t j = 0; j < ending; j++) {
        uint32_t i = (uint32_t)due[column][j];
        old_carried[j] = carried[i], old_onset[j] = onset[i], last_noise[j] = row[i], carried[i] = GONE;
    }
    for (int64_t j = 0; j < padded(ending); j++) {
        pace[j] = factor(m, last_noise[j]), since[j] = m->ends[column - 1], end[j] = leave[column][j];
        leaver[j] = begin + (uint32_t)due[column][j], leaver_index[j] = (uint32_t)(due[column][j] >> 32) + 1;
    }
}

static int64_t advance(const Model *m, int64_t column, int64_t size, const uint32_t *row, int64_t *counts) {
    double dose = m->ends[column] - m->ends[column - 1];
    double least = dose * ((1.0 - m->noise) + m->noise * 0x1p-32), unit = dose * (2.0 * m->noise * 0x1p-32);
    int64_t above = 0, ill = 0, risk = 0;
    for (int64_t i = 0; i < size; i++) {
        double reached = carried[i] + (least + unit * (double)row[i]);
        carried[i] = reached;
        above += reached >= m->limit;
        ill += onset[i] <= reached;
        risk += units(reached > 0.0 ? reached : 0.0);
    }
    counts[ABOVE] += above, counts[RISK] += risk;
    return ill;
}

static int64_t settle_in(const Model *m, int64_t size) {
    int64_t ill = 0;
    memset(waiting, 0, sizeof waiting);
    for (int64_t i = 0; i < size; i++) {
        stay[i] = m->mean_stay * exponential(words[2][i]);
        carried[i] = m->initial;
        onset[i] = carried[i] + (1.0 - carried[i]) * uniform(words[1][i]);
        column_of[i] = year_of(stay[i], m->years, i);
        ill += onset[i] <= carried[i];
    }
    for (int64_t i = 0; i < size; i++) list(column_of[i] < 1 ? 1 : column_of[i], (uint32_t)i, 0, stay[i]);
    return ill;
}

static void carry_block(const Model *m, uint32_t begin, int64_t size, int64_t *counts) {
    static uint32_t workers[WIDTH], index[WIDTH];
    for (int64_t i = 0; i < size; i++) workers[i] = begin + (uint32_t)i, index[i] = 0;
    fill(m, workers, index, size, 0, words);
    int64_t ill = settle_in(m, size);
    for (int64_t column = 1; column <= m->years; column++) {
        int64_t *now = counts + column * COLUMNS, ending = waiting[column], year = column - 1;
        if (year % 4 == 0) {
            for (int64_t i = 0; i < size; i++) index[i] = (uint32_t)(year / 4);
            fill(m, workers, index, size, 2, noise);
        }
        release(m, column, ending, begin, noise[year % 4]);
        now[CASES] -= ill;
        ill = advance(m, column, size, noise[year % 4], now);
        while (ending > 0) {
            end_lives(m, column, ending, now);
            ill += begin_lives(m, column, ending, now);
            ending = join(column, ending);
        }
        now[CASES] += ill;
    }
}

void carry(const Model *m, int64_t workers, int64_t *counts) {
    for (int64_t begin = 0; begin < workers; begin += BLOCK)
        carry_block(m, (uint32_t)begin, workers - begin < BLOCK ? workers - begin : BLOCK, counts);
}
