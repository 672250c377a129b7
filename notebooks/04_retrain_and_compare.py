# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
# ---

# %% [markdown]
# # Retrain and compare
# **Question:** do more labelled opinions still help, and is the difference more than chance?
#
# **Answer:** up to about a hundred opinions of each topic they help much; the last doubling adds
# little, and whether that little is more than chance is judged by the opinions that only one
# of the two models gets right. The commands `ykien train` and `ykien models compare` do the same
# with all data and with intervals; see docs/retraining.md.

# %%
import matplotlib.pyplot as plt
import pandas as pd

from pipeline import load_evaluation, load_labelled, new_classifier

real = load_evaluation()

# %% [markdown]
# ## A learning curve
# Each step has more opinions of every topic; the test opinions stay the same.

# %%
sizes = [25, 50, 100, 200]
samples = {each: load_labelled(each=each) for each in sizes}
right = pd.DataFrame(
    {
        each: new_classifier().fit(rows["text"], rows["topic"]).predict(real["text"])
        == real["topic"]
        for each, rows in samples.items()
    }
)
right.mean().plot.line(
    marker="o",
    figsize=(6, 3.5),
    xlabel="Số ý kiến huấn luyện mỗi lĩnh vực",
    ylabel="Tỷ lệ đúng trên ý kiến thật",
)
plt.title("Đường học")
plt.tight_layout()

# %% [markdown]
# ## Is the last step a real gain?
# Only opinions on which the two models differ can tell.

# %%
old, new = right[sizes[-2]], right[sizes[-1]]
pd.Series({"chỉ mô hình cũ đúng": (old & ~new).sum(), "chỉ mô hình mới đúng": (new & ~old).sum()})
