// What `ktool completion SHELL` prints. Each script asks `ktool complete -- WORDS…` for the words that fit: lines of a word, a
// tab and a description, or the line ":files" when the shell is to offer files.

const bash = `# ktool completion for bash. Add to ~/.bashrc:  source <(ktool completion bash)
_ktool() {
  local line current="\${COMP_WORDS[COMP_CWORD]}"
  [[ $current == = ]] && current=
  COMPREPLY=()
  while IFS= read -r line; do
    if [[ $line == :files ]]; then
      compopt -o filenames 2>/dev/null
      while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen -f -- "$current")
      return
    fi
    line="\${line%%$'\\t'*}"
    [[ $line == --*=* && \${COMP_WORDS[COMP_CWORD-1]} == = || \${COMP_WORDS[COMP_CWORD]} == = ]] && line="\${line#*=}"
    COMPREPLY+=("$line")
  done < <(ktool complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -F _ktool ktool
`;

const zsh = `#compdef ktool
# ktool completion for zsh. Add to ~/.zshrc:  source <(ktool completion zsh)
_ktool() {
  local line
  local -a found
  for line in "\${(@f)$(ktool complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}"; do
    [[ $line == :files ]] && { _files; return }
    [[ -n $line ]] && found+=("\${\${line%%$'\\t'*}//:/\\\\:}:\${line#*$'\\t'}")
  done
  _describe ktool found
}
compdef _ktool ktool
`;

const fish = `# ktool completion for fish. Write it to ~/.config/fish/completions/ktool.fish
function __ktool_complete
  set -l words (commandline -opc) (commandline -ct)
  set -l found (ktool complete -- $words[2..-1] 2>/dev/null)
  if test "$found" = ":files"
    __fish_complete_path (commandline -ct)
  else
    printf '%s\\n' $found
  end
end
complete -c ktool -f -a '(__ktool_complete)'
`;

/** The completion script of each shell. */
export const completionScripts: Readonly<Record<string, string>> = { bash, zsh, fish };
