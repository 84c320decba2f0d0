print("dpo-prep")
