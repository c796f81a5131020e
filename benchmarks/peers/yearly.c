/* The streaming yearly model in C: the same draws, the same arithmetic, the same blocks and lists, risk in units of
   2^-32, so that every count is equal bit for bit. Turnover, onset thresholds and the threshold count; no
   susceptibility, retirement, moves or injuries. */
#include <math.h>
#include <stdint.h>
#include <string.h>

enum { BLOCK = 1024, WIDTH = BLOCK + 40, BEYOND = 8, YEARS = 101 + BEYOND, LANES = 16 };
enum { LEAVERS, CASES, ABOVE, RISK, COLUMNS };

static const double FULL = 0x1p32, ROUND = 6755399441055744.0;
static const uint64_t LIFT = 4843621399236968448u; /* the bits of ROUND; unsigned, so that sums may wrap */

typedef struct {
    double limit, initial, mean_stay, noise;
    uint64_t key_0, key_1, replication, subject;
    int64_t years, segments;
    const double *breaks, *exposure, *rates, *ends;
} Model;

static uint32_t successor[WIDTH], successor_index[WIDTH], column_of[WIDTH], brief[WIDTH], words[4][WIDTH], noise[4][WIDTH];
static uint64_t due[YEARS][WIDTH]; /* position within the block, and above it the number of the life */
static uint32_t waiting[YEARS];
static double leave[YEARS][WIDTH], carried[WIDTH], onset[WIDTH], stay[WIDTH];
static double new_onset[WIDTH], pace[WIDTH], since[WIDTH], end[WIDTH], after[WIDTH], reached[WIDTH];

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

static inline void philox(const Model *m, uint64_t worker, uint64_t tag, uint32_t out[4][WIDTH], int64_t i) {
    uint64_t c0 = worker, c1 = m->replication, c2 = m->subject, c3 = tag, k0 = m->key_0, k1 = m->key_1;
    for (int round = 0; round < 10; round++) {
        uint64_t p0 = 0xD2511F53u * (c0 & 0xFFFFFFFFu), p1 = 0xCD9E8D57u * (c2 & 0xFFFFFFFFu);
        c0 = (p1 >> 32) ^ c1 ^ k0, c1 = p1 & 0xFFFFFFFFu, c2 = (p0 >> 32) ^ c3 ^ k1, c3 = p0 & 0xFFFFFFFFu;
        k0 = (k0 + 0x9E3779B9u) & 0xFFFFFFFFu, k1 = (k1 + 0xBB67AE85u) & 0xFFFFFFFFu;
    }
    out[0][i] = (uint32_t)c0, out[1][i] = (uint32_t)c1, out[2][i] = (uint32_t)c2, out[3][i] = (uint32_t)c3;
}

static void fill_block(const Model *m, uint64_t first, int64_t n, uint64_t index, uint64_t purpose,
                       uint32_t out[4][WIDTH]) {
    uint64_t tag = index * 256 + purpose;
    for (int64_t i = 0; i < n; i++) philox(m, first + (uint64_t)i, tag, out, i);
}

static void fill_lives(const Model *m, int64_t n) {
    for (int64_t i = 0; i < n; i++) philox(m, successor[i], (uint64_t)successor_index[i] * 256, words, i);
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

static inline uint64_t lifted(double risk) {
    double rounded = (risk < FULL ? risk : FULL) + ROUND;
    uint64_t bits;
    memcpy(&bits, &rounded, 8);
    return bits;
}

static inline double least(double scale, double h) { return scale * ((1.0 - h) + h * 0x1p-32); }
static inline double unit(double scale, double h) { return scale * (2.0 * h * 0x1p-32); }

static void follow(const Model *m, int64_t column, int64_t ending, uint32_t begin) {
    int64_t k = 0, places = padded(ending);
    while (k + 1 < m->segments && m->breaks[k + 1] <= (double)(column - 1)) k++;
    for (int64_t j = 0; j < places; j++) after[j] = m->exposure[k] + m->rates[k] * (leave[column][j] - m->breaks[k]);
    for (k++; k < m->segments && m->breaks[k] < (double)column; k++)
        for (int64_t j = 0; j < places; j++) {
            double gathered = m->exposure[k] + m->rates[k] * (leave[column][j] - m->breaks[k]);
            after[j] = leave[column][j] >= m->breaks[k] ? gathered : after[j];
        }
    for (int64_t j = 0; j < places; j++) {
        successor[j] = begin + (uint32_t)due[column][j];
        successor_index[j] = (uint32_t)(due[column][j] >> 32) + 1;
    }
}

static int64_t leave_block(const Model *m, int64_t column, int64_t ending, const uint32_t *row, int64_t *counts) {
    double limit = FULL * m->limit, before = m->ends[column - 1], dose = m->ends[column] - before;
    double low = least(FULL, m->noise), step = unit(FULL, m->noise);
    double low_year = least(FULL * dose, m->noise), step_year = unit(FULL * dose, m->noise);
    int64_t cases = 0, above = 0, ill = 0;
    uint64_t risk = 0;
    for (int64_t j = 0; j < ending; j++) {
        uint32_t i = (uint32_t)due[column][j];
        double word = (double)row[i], at_end = carried[i] + (low + step * word) * (after[j] - before);
        double passed = carried[i] + (low_year + step_year * word);
        cases += (onset[i] <= carried[i]) | (onset[i] <= at_end);
        above += passed >= limit;
        ill += onset[i] <= passed;
        risk += lifted(passed);
    }
    counts[CASES] += cases, counts[LEAVERS] += ending, counts[ABOVE] -= above;
    counts[RISK] -= (int64_t)(risk - (uint64_t)ending * LIFT);
    return ill;
}

static void leave_again(int64_t ending, int64_t *counts) {
    for (int64_t j = 0; j < ending; j++) counts[CASES] += new_onset[j] <= pace[j] * (after[j] - since[j]);
    counts[LEAVERS] += ending;
}

static int64_t advance(const Model *m, int64_t column, int64_t size, const uint32_t *row, int64_t *counts) {
    double dose = FULL * (m->ends[column] - m->ends[column - 1]), limit = FULL * m->limit;
    double low = least(dose, m->noise), step = unit(dose, m->noise);
    int64_t above = 0, ill = 0;
    uint64_t risk = 0;
    for (int64_t i = 0; i < size; i++) {
        double passed = carried[i] + (low + step * (double)row[i]);
        carried[i] = passed;
        above += passed >= limit;
        ill += onset[i] <= passed;
        risk += lifted(passed);
    }
    counts[ABOVE] += above, counts[RISK] += (int64_t)(risk - (uint64_t)size * LIFT);
    return ill;
}

static int64_t begin_lives(const Model *m, int64_t column, int64_t ending, int64_t *counts) {
    int64_t above = 0, ill = 0;
    uint64_t risk = 0;
    double exposure = m->ends[column], limit = FULL * m->limit;
    double low = least(FULL, m->noise), step = unit(FULL, m->noise);
    fill_lives(m, padded(ending));
    for (int64_t j = 0; j < padded(ending); j++) {
        double when = leave[column][j] + m->mean_stay * exponential(words[2][j]);
        new_onset[j] = (double)words[1][j] + 0.5, end[j] = when;
        reached[j] = (low + step * (double)words[3][j]) * (exposure - after[j]);
        column_of[j] = year_of(when, m->years, j);
        int stays = (when > (double)column) & (j < ending);
        above += stays & (reached[j] >= limit);
        ill += stays & (new_onset[j] <= reached[j]);
        risk += stays ? lifted(reached[j]) - LIFT : 0;
    }
    counts[ABOVE] += above, counts[RISK] += (int64_t)risk;
    return ill;
}

static int64_t join(int64_t column, int64_t ending) {
    int64_t again = 0;
    waiting[column] = 0;
    for (int64_t j = 0; j < ending; j++) {
        uint32_t i = (uint32_t)due[column][j], year = column_of[j];
        onset[i] = new_onset[j], carried[i] = reached[j];
        list(year, i, successor_index[j], end[j]);
        brief[again] = (uint32_t)j;
        again += year <= column;
    }
    return again;
}

static void set_brief(const Model *m, int64_t ending) {
    double low = least(FULL, m->noise), step = unit(FULL, m->noise);
    for (int64_t k = 0; k < ending; k++) {
        uint32_t j = brief[k];
        pace[k] = low + step * (double)words[3][j], new_onset[k] = new_onset[j], since[k] = after[j];
    }
}

static int64_t settle_in(const Model *m, int64_t size) {
    int64_t ill = 0;
    double initial = FULL * m->initial;
    memset(waiting, 0, sizeof waiting);
    for (int64_t i = 0; i < size; i++) {
        stay[i] = m->mean_stay * exponential(words[2][i]);
        carried[i] = initial;
        onset[i] = initial + (FULL - initial) * uniform(words[1][i]);
        column_of[i] = year_of(stay[i], m->years, i);
        ill += onset[i] <= initial;
    }
    for (int64_t i = 0; i < size; i++) list(column_of[i] < 1 ? 1 : column_of[i], (uint32_t)i, 0, stay[i]);
    return ill;
}

static void carry_block(const Model *m, uint32_t begin, int64_t size, int64_t *counts) {
    fill_block(m, begin, size, 0, 0, words);
    int64_t ill = settle_in(m, size);
    for (int64_t column = 1; column <= m->years; column++) {
        int64_t *now = counts + column * COLUMNS, ending = waiting[column], year = column - 1;
        if (year % 4 == 0) fill_block(m, begin, size, (uint64_t)year / 4, 2, noise);
        now[CASES] -= ill;
        follow(m, column, ending, begin);
        ill = -leave_block(m, column, ending, noise[year % 4], now);
        ill += advance(m, column, size, noise[year % 4], now);
        while (ending > 0) {
            ill += begin_lives(m, column, ending, now);
            ending = join(column, ending);
            if (ending > 0) set_brief(m, ending), follow(m, column, ending, begin), leave_again(ending, now);
        }
        now[CASES] += ill;
    }
}

void carry(const Model *m, int64_t workers, int64_t *counts) {
    for (int64_t begin = 0; begin < workers; begin += BLOCK)
        carry_block(m, (uint32_t)begin, workers - begin < BLOCK ? workers - begin : BLOCK, counts);
}
