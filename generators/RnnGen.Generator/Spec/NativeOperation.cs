namespace RnnGen.Generator.Spec;

/// <summary>What C can ask of a network. Each operation is a function, in the order of the header.</summary>
internal enum NativeOperation
{
    CreateFromMemory,
    CreateFromFile,
    CreateDefault,
    Destroy,
    Step,
    Run,
    Reset,
    GetState,
    SetState,
    InputSize,
    OutputSize,
    StateSize,
    LastError,
}
