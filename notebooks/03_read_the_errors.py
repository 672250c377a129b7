# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
# ---

# %% [markdown]
# # Read the errors
# **Question:** which topics does the model confuse, and would a person have known better?
#
# **Answer:** most confused are security with party, agriculture with land, and "other" with
# all; in more than a third of the errors one of two people chose the model's topic as well.

# %%
import matplotlib.pyplot as plt
import pandas as pd

from pipeline import load_evaluation, load_labelled, load_topics, new_classifier

sample = load_labelled(each=200)
real = load_evaluation()
names = {code: topic.name for code, topic in load_topics().items()}
model = new_classifier().fit(sample["text"], sample["topic"])
real["guess"] = model.predict(real["text"])

# %% [markdown]
# ## Who is taken for whom
# Rows are the true topics; a row sums to one.

# %%
table = pd.crosstab(real["topic"], real["guess"], normalize="index")
table = table.reindex(index=list(names), columns=list(names), fill_value=0)
figure, axis = plt.subplots(figsize=(7, 6))
axis.imshow(table, cmap="Blues", vmin=0, vmax=1)
axis.set_xticks(range(len(names)), names.values(), rotation=60, ha="right", fontsize=7)
axis.set_yticks(range(len(names)), names.values(), fontsize=7)
axis.set_xlabel("Máy chọn")
axis.set_ylabel("Người gắn")
plt.tight_layout()

# %% [markdown]
# ## How many errors are no errors for one of two readers
# `accept` holds every topic that an annotator gave.

# %%
wrong = real[real["guess"] != real["topic"]]
also_right = [
    guess in accept for guess, accept in zip(wrong["guess"], wrong["accept"], strict=True)
]
print(
    f"{len(wrong)} lỗi trong {len(real)} ý kiến; {sum(also_right)} lỗi có người cũng chọn như máy"
)

# %% [markdown]
# ## Read the surest errors
# What the model is surest of and gets wrong teaches most: a missing kind of example, or a label
# to look at again (`ykien audit-labels`).

# %%
sure = model.predict_proba(wrong["text"]).max(axis=1)
wrong.assign(sure=sure).nlargest(8, "sure")[["text", "topic", "guess", "sure"]]
