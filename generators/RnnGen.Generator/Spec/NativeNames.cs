namespace RnnGen.Generator.Spec;

/// <summary>What follows the prefix in the names of functions for C, and in that of the type of their codes.</summary>
internal static class NativeNames
{
    public const string Status = "status";
    public const string CreateFromMemory = "create_from_memory";
    public const string CreateFromFile = "create_from_file";
    public const string CreateDefault = "create_default";
    public const string Destroy = "destroy";
    public const string Step = "step";
    public const string Run = "run";
    public const string Reset = "reset";
    public const string GetState = "get_state";
    public const string SetState = "set_state";
    public const string InputSize = "input_size";
    public const string OutputSize = "output_size";
    public const string StateSize = "state_size";
    public const string LastError = "last_error";

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<string> All =
    [
        Status, CreateFromMemory, CreateFromFile, CreateDefault, Destroy, Step, Run, Reset, GetState, SetState, InputSize, OutputSize, StateSize, LastError,
    ];
}
