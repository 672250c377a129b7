# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
# ---

# %% [markdown]
# # Compare features
# **Question:** do words cut by underthesea help more than plain syllables and their n-grams?
#
# **Answer:** on a sample, syllables with n-grams do as well as words; the bars below show
# both, and both together, with the phrase lists left out so that only features differ.

# %%
import matplotlib.pyplot as plt
import pandas as pd

from pipeline import load_evaluation, load_labelled, new_classifier

sample = load_labelled(each=120)
real = load_evaluation()

# %% [markdown]
# ## Three families
# The same opinions, the same classifier; only the features differ.

# %%
families = {
    "âm tiết": {"syllables": 1.0},
    "từ": {"words": 1.0},
    "âm tiết + từ": {"syllables": 1.0, "words": 0.5},
}
models = {
    name: new_classifier(families=chosen, phrases={}).fit(sample["text"], sample["topic"])
    for name, chosen in families.items()
}
scores = pd.Series(
    {name: (model.predict(real["text"]) == real["topic"]).mean() for name, model in models.items()}
)
scores.round(3)

# %%
scores.plot.bar(figsize=(5, 3.5), rot=0, ylabel="Tỷ lệ đúng trên ý kiến thật")
plt.title(f"Học từ {len(sample)} ý kiến, thử trên {len(real)} ý kiến thật")
plt.tight_layout()

# %% [markdown]
# ## Length of n-grams
# Longer runs of syllables name things ("sổ đỏ", "hộ nghèo") that single ones do not.

# %%
lengths = pd.Series(
    {
        n: (
            new_classifier(families={"syllables": 1.0}, ngrams={"syllables": n}, phrases={})
            .fit(sample["text"], sample["topic"])
            .predict(real["text"])
            == real["topic"]
        ).mean()
        for n in (1, 2, 3)
    }
)
lengths.plot.line(
    marker="o", figsize=(5, 3), xlabel="Độ dài cụm âm tiết", ylabel="Tỷ lệ đúng", xticks=[1, 2, 3]
)
plt.tight_layout()
