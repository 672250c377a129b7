# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
# ---

# %% [markdown]
# # Look at the opinions
# **Question:** what is in the labelled opinions, and do real ones look like them?
#
# **Answer:** eleven topics in near equal numbers, written by many hands; real opinions of
# the evaluation file are unevenly spread over the topics, so overall accuracy alone
# would flatter a model that knows only the big ones.

# %%
import matplotlib.pyplot as plt

from pipeline import load_evaluation, load_labelled, load_topics

labelled = load_labelled()
real = load_evaluation()
names = {code: topic.name for code, topic in load_topics().items()}

# %% [markdown]
# ## How many of each topic
# The share of each topic in both sets, so that sets of different size compare.

# %%
shares = labelled["topic"].value_counts(normalize=True).rename("huấn luyện").to_frame()
shares["ý kiến thật"] = real["topic"].value_counts(normalize=True)
shares = shares.fillna(0).rename(index=names).sort_values("huấn luyện")
shares.plot.barh(figsize=(7, 4.5), xlabel="Tỷ lệ ý kiến", ylabel="")
plt.title("Cơ cấu lĩnh vực")
plt.tight_layout()

# %% [markdown]
# ## How long they are
# A model trained on long opinions meets short ones badly.

# %%
lengths = [rows["text"].str.split().str.len().clip(upper=150) for rows in (labelled, real)]
plt.figure(figsize=(7, 3))
plt.hist(lengths, bins=30, density=True, label=["huấn luyện", "ý kiến thật"])
plt.xlabel("Số âm tiết của một ý kiến")
plt.ylabel("Mật độ")
plt.legend()
plt.tight_layout()

# %% [markdown]
# ## Read some
# Nothing replaces reading. Three of one topic:

# %%
labelled[labelled["topic"] == "land"].sample(3, random_state=3)[["text", "also", "kind", "form"]]
