"""What the speed benchmark is made of: cuts, who takes part, times, ratios, made-up shops."""

import numpy as np
import pytest
import recommender_speed
import scipy.sparse as sp
from speed import synthetic
from speed.contenders import CONTENDERS, chosen
from speed.cut import best_known, cut, row
from speed.dense import too_large
from speed.timing import affordable, memory_mb, percentiles_us, singles, throughput


@pytest.fixture
def table() -> sp.csr_array:
    """Twenty shoppers of ten items each, out of thirty."""
    rng = np.random.default_rng(3)
    dense = np.zeros((20, 30))
    for shopper in dense:
        shopper[rng.choice(30, 10, replace=False)] = 1.0
    return sp.csr_array(dense)


def test_a_cut_takes_a_fifth_of_the_items_of_so_many_shoppers(table: sp.csr_array) -> None:
    train, test = cut(table, 0.2, 5, np.random.default_rng(0))
    assert sorted(np.diff(test.indptr)) == [0] * 15 + [2] * 5
    np.testing.assert_array_equal((train + test).toarray(), table.toarray())


def test_a_cut_leaves_everybody_an_item() -> None:
    train, test = cut(sp.csr_array(np.eye(3) + np.eye(3, k=1)), 1.0, 9, np.random.default_rng(0))
    assert np.diff(train.indptr).tolist() == [1, 1, 1]
    assert np.diff(test.indptr).tolist() == [1, 1, 0]


def test_the_best_known_items_are_the_most_frequent_and_nobody_is_left_empty() -> None:
    table = sp.csr_array(np.array([[1, 0, 1], [0, 0, 1], [0, 1, 0]]))
    table[2, 1] = 1
    kept = best_known(table, 1)
    np.testing.assert_array_equal(kept.toarray(), [[1], [1]])


def test_rows_are_column_numbers(table: sp.csr_array) -> None:
    np.testing.assert_array_equal(row(table, 4), np.flatnonzero(table.toarray()[4]))


def test_models_are_named_by_how_their_names_start() -> None:
    assert [each.name for each in chosen("aisle, implicit-cosine")] == [
        "aisle",
        "implicit-cosine-20",
        "implicit-cosine-200",
    ]
    assert chosen(None) == CONTENDERS


@pytest.mark.parametrize("words", ["", "surprise", "aisle,nobody"])
def test_a_model_that_is_none_is_refused(words: str) -> None:
    with pytest.raises(ValueError, match="--models"):
        chosen(words)


def test_names_of_contenders_differ() -> None:
    assert len({each.name for each in CONTENDERS}) == len(CONTENDERS)


def test_percentiles_are_in_microseconds() -> None:
    assert percentiles_us(list(range(0, 101_000, 1000))) == {"p50_us": 50.0, "p95_us": 95.0}


def test_queries_are_asked_one_by_one_after_a_warm_up() -> None:
    asked: list[int] = []
    times = singles(asked.append, [1, 2, 3], 60.0)
    assert asked == [1, 2, 3, 1, 2, 3]
    assert len(times) == 3


def test_a_pass_holds_no_more_users_than_there_are() -> None:
    assert affordable(len, np.arange(150), 60.0) == 150


def test_throughput_counts_the_users_of_a_pass() -> None:
    assert throughput(lambda: None, 10, 0.0) > 0


def test_memory_is_what_the_system_says() -> None:
    assert 0 < memory_mb("VmRSS") <= memory_mb("VmHWM")
    with pytest.raises(OSError, match="VmNothing"):
        memory_mb("VmNothing")


def test_a_matrix_of_all_pairs_is_refused_where_it_cannot_be_had() -> None:
    assert too_large(100) is None
    assert "GB" in (too_large(1_000_000) or "")


def test_ratios_are_ours_over_theirs() -> None:
    ours = {"users_per_s": 100.0, "users_per_s_one_thread": 60.0, "recall@20": 0.2}
    theirs = {"users_per_s": 20.0, "users_per_s_one_thread": 20.0, "recall@20": 0.16}
    slow = {"users_per_s": 10.0, "users_per_s_one_thread": 5.0, "recall@20": 0.1}
    models = {"aisle-sparse": ours, "implicit-a": theirs, "implicit-b": slow, "rectools-c": theirs}
    found = recommender_speed.ratios({**models, "implicit-d": {"skipped": "no"}})
    assert found["each"]["implicit-a"] == {
        "throughput": 5.0,
        "throughput_one_thread": 3.0,
        "recall": 1.25,
    }
    assert found["to_implicits_best"]["name"] == found["to_implicits_fastest"]["name"] == "implicit-a"
    assert set(found["each"]) == {"implicit-a", "implicit-b"}


def test_without_our_own_figures_there_are_no_ratios() -> None:
    assert recommender_speed.ratios({"aisle-sparse": {"skipped": "failed"}}) == {}


def test_made_up_shoppers_take_about_as_much_at_every_size() -> None:
    sizes = [synthetic.takings(items, np.random.default_rng(0)).nnz / items for items in (1000, 4000)]
    assert all(20 < each <= synthetic.DRAWS for each in sizes)


def test_a_few_made_up_items_are_popular() -> None:
    counts = np.sort(np.bincount(synthetic.takings(2000, np.random.default_rng(0)).indices, minlength=2000))
    assert counts[-200:].sum() > 0.25 * counts.sum()


def test_a_made_up_matrix_has_200_neighbours_an_item_in_order() -> None:
    indptr, indices, values = synthetic.merged_table(1000, np.random.default_rng(0))
    rows = indices.reshape(1000, synthetic.NEIGHBOURS)
    assert indptr[-1] == len(indices) == len(values) == 200_000
    assert (np.diff(rows, axis=1) >= 0).all()
    assert values.min() > 0
    assert rows.min() >= 0
    assert rows.max() < 1000


@pytest.mark.parametrize(
    ("words", "field"),
    [
        (["--train", "nowhere.npz"], "nowhere.npz"),
        ([], "--train"),
        (["--models", "nobody"], "--models"),
        (["--scale", "--sizes", "many"], "--sizes"),
        (["--scale", "--sizes", "10"], "--sizes"),
    ],
)
def test_bad_input_ends_with_one_line(
    words: list[str], field: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert recommender_speed.main(words) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert field in printed.err
    assert printed.err.count("\n") == 1
