// Each test waits for a compiler that uses every core.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
