namespace RnnGen.Generator.Ir.Programs;

/// <summary>A method of generated code that is the same for all instruction sets but for the kernels that it calls.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Summary">One sentence for the reader of the generated code.</param>
/// <param name="Parameters">What it is given.</param>
/// <param name="Body">What it does.</param>
internal sealed record Routine(string Name, string Summary, IReadOnlyList<RoutineParameter> Parameters, IReadOnlyList<Operation> Body)
{
    /// <summary>Whether others than the routines of its program call it.</summary>
    public bool IsEntry { get; init; }

    /// <summary>Whether it is compiled fully at its first call.</summary>
    public bool IsOptimized { get; init; }

    /// <summary>Whether it, or a routine that it calls, calls kernels.</summary>
    public bool CallsKernels => All(Body).Any(operation => operation is CallKernel || (operation is CallRoutine call && call.Routine.CallsKernels));

    /// <summary>The buffers that routines mention by name, in the order of their places.</summary>
    public static IReadOnlyList<RowBuffer> Buffers(IEnumerable<Routine> routines, Memory memory) => routines
        .SelectMany(routine => All(routine.Body))
        .SelectMany(operation => operation.Places)
        .Select(place => place.Buffer)
        .Where(buffer => buffer.Memory == memory && buffer.Name.Length > 0)
        .GroupBy(buffer => buffer.Name)
        .Select(group => group.Select(buffer => buffer.Offset).Distinct().Count() == 1
            ? group.First()
            : throw new InvalidOperationException($"'{group.Key}' names two places of {memory}"))
        .OrderBy(buffer => buffer.Offset)
        .ToList();

    /// <summary>Operations, and those inside of them.</summary>
    public static IEnumerable<Operation> All(IEnumerable<Operation> operations) =>
        operations.SelectMany(operation => All(operation.Inner).Prepend(operation));
}

/// <summary>What a routine is given.</summary>
internal enum RoutineParameter
{
    /// <summary>The network's weights.</summary>
    Weights,

    /// <summary>Their copies of less precision.</summary>
    Reduced,

    /// <summary>A stream's state.</summary>
    State,

    /// <summary>Its frames.</summary>
    Inputs,

    /// <summary>Its outputs.</summary>
    Outputs,

    /// <summary>How many steps of it.</summary>
    Steps,

    /// <summary>A batch and the sequences of it to run.</summary>
    Batch,

    /// <summary>The first sequence of a group.</summary>
    First,

    /// <summary>The sequences of a group.</summary>
    Rows,

    /// <summary>A view of the tape.</summary>
    Tape,

    /// <summary>A thread's share of blocks of gradients.</summary>
    Share,
}
